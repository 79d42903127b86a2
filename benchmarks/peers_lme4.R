# Rscript peers_lme4.R FILE.csv mark|review: one REML fit by lme4, one line of JSON.
suppressMessages({
  library(data.table)
  library(lme4)
})
given <- commandArgs(trailingOnly = TRUE)
rows <- fread(given[1], nThread = 1L)
by_mark <- given[2] == "mark"
if (!by_mark) rows <- rows[, .(score = mean(score)), by = .(entry, examiner, team)]
for (column in setdiff(names(rows), "score")) set(rows, j = column, value = factor(rows[[column]]))
model <- score ~ 1 + (1 | entry) + (1 | examiner) + (1 | team)
if (by_mark) model <- score ~ 0 + question + (1 | entry) + (1 | examiner) + (1 | team)
clock <- system.time(fitted <- lmer(model, rows, control = lmerControl(calc.derivs = FALSE)))
cat(sprintf(
  '{"seconds": %.3f, "cpu": %.3f, "criterion": %.6f, "version": "lme4 %s"}\n',
  clock[["elapsed"]], clock[["user.self"]] + clock[["sys.self"]], REMLcrit(fitted),
  as.character(packageVersion("lme4"))
))
