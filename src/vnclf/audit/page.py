"""An audit as one HTML page that needs nothing else: plots, figures, and the documents found."""

from pathlib import Path

from vnclf.audit.findings import FINDINGS, Audit
from vnclf.audit.plots import plots_of
from vnclf.errors import VnclfError
from vnclf.storage import told_as, write_file

_TEMPLATE = Path(__file__).with_name("page.html")
_SHOWN = 200


def write_page(audit: Audit, path: Path) -> None:
    """Write the page of an audit; raises VnclfError when it cannot be written.

    Needs matplotlib and jinja2 (vnclf[report]).
    """
    html = render(audit)
    with told_as(VnclfError, f"{path} cannot be written"), write_file(path) as fresh:
        fresh.write_text(html, encoding="utf-8", errors="replace")


def render(audit: Audit) -> str:
    """Return the page; whatever stands in the corpus is escaped."""
    from jinja2 import Environment
    from markupsafe import Markup

    template = Environment(autoescape=True).from_string(_TEMPLATE.read_text(encoding="utf-8"))
    plots = {title: Markup(plot) for title, plot in plots_of(audit).items()}
    details = audit.as_dict()["details"]
    return template.render(audit=audit, details=details, meanings=FINDINGS, plots=plots, shown=_SHOWN)
