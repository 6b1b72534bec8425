"""What there is to say about a rule."""

from __future__ import annotations

from feedlint.formats.text import visible
from feedlint.rule import Rule


def in_a_line(rule: Rule) -> str:
    """Return code, name, severity, how safe its fixes are, and the summary of *rule*, in columns."""
    safeties = sorted({example.safety.value for example in rule.examples if example.fixed is not None})
    fix = "/".join(safeties) or "no fix"
    return f"{rule.code}  {rule.name:<26} {rule.severity.value:<8} {fix:<12} {rule.summary}"


def explain(rule: Rule) -> str:
    """Return all there is to say about *rule*, as Markdown."""
    parts = [f"# {rule.name} ({rule.code})", f"Severity: {rule.severity.value}. Fix: {rule.fixable}.", rule.doc]
    parts.append("## Examples")
    for example in rule.examples:
        shown = [("Right:", example.good)] if example.good else [("Wrong:", example.bad)]
        if example.fixed is not None:
            shown.append((f"Repaired ({example.safety.value}):", example.fixed))
        for title, text in shown:
            shown_text = "\n".join(visible(line) for line in text.rstrip("\n").split("\n"))
            parts.append(f"{title}\n\n```yaml\n{shown_text}\n```")
    return "\n\n".join(parts)
