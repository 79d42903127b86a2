"""Plugin functions that misbehave are named, whatever they do."""

import pytest

from kvaljury.core.asking import asking, is_sound_text, said_by
from kvaljury.errors import InputFault, PluginFault, RulesFault, Text


class Mute(Exception):
    def __str__(self) -> str:
        raise ValueError("even this fails")


def failed(said):
    return Text("it failed: {said}", said=said)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("weights"), "KeyError: 'weights'"),
        (SystemExit(0), "SystemExit: 0"),
        (Mute(), "Mute"),
        (BaseExceptionGroup("two", [SystemExit(1)]), "BaseExceptionGroup: two"),
        (InputFault(Text("hej")), "InputFault: hej"),
        (ValueError("\ud800" + "x" * 5000), "ValueError: ?x"),
    ],
)
def test_whatever_a_plugin_raises_names_it(error: BaseException, said: str) -> None:
    with pytest.raises(PluginFault) as caught, asking("rubric odd", failed):
        raise error
    assert str(caught.value).startswith(f"it failed: {said}")
    assert len(str(caught.value)) < 2100
    assert (caught.value.plugin, caught.value.code) == ("rubric odd", "plugin-failed")


def test_a_user_may_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt), asking("rubric odd", failed):
        raise KeyboardInterrupt


def test_only_where_it_may_a_plugin_refuses_the_data_in_its_own_words() -> None:
    with pytest.raises(RulesFault), asking("normalisation odd", failed, may_refuse=True):
        raise RulesFault(Text("not these data"))
    with pytest.raises(PluginFault), asking("rubric odd", failed):
        raise RulesFault(Text("not these data"))


def test_an_exception_without_words_is_named_by_its_kind() -> None:
    assert said_by(ValueError()) == "ValueError"


@pytest.mark.parametrize(
    "text",
    [
        Text("plain"),
        Text("{n} of {m}", sv="{n} av {m}", n=3, m=4.5),
        Text("{share:.1f} %", share=50.0),
        Text("{inner}", inner=Text("{x}", x="{y}")),
        Text("{{literal}}"),
    ],
)
def test_texts_that_can_be_shown_are_sound(text: Text) -> None:
    assert is_sound_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "no Text",
        Text("{y}", x=1),
        Text("plain", sv="{y}"),
        Text("{x} {", x=1),
        Text("{0.a}"),
        Text("{x.real}", x=1),
        Text("{x!r}", x=1),
        Text("{x:>99999999}", x=1),
        Text("{x}", x=float("nan")),
        Text("{x}", x=10**30),
        Text("{x}", x=Text("{y}")),
        Text("{x}", x="y" * 5000),
        Text("a \ud800 b"),
        Text(5),
    ],
    ids=range(14),
)
def test_texts_that_cannot_be_shown_are_not(text: object) -> None:
    assert not is_sound_text(text)
