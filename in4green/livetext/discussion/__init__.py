"""The talk beside a text: threads on passages, answers, mentions."""
