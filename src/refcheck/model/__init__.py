"""The vocabulary of refcheck: frozen values that import nothing of ours.

Text (where something stands), references (what was read), flows (conversations with the web),
evidence (what was seen), verdicts (what it means), findings (what the user is told), the report.
"""
