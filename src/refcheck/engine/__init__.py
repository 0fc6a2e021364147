"""From bibliographies to a report (`examine`), and from a report to a cleaned bibliography (`clean`)."""
