"""A bid and the rules about its form to findings for people; nothing here decides."""
