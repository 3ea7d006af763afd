"""How each program renders the texts: where they stand in its sources, how it is set up, and where its pages are.

What the programs are set up with stands in `programs.toml`.
"""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.benchmarks.templates.texts import Text

PROGRAMS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_WITH_COUNTRY = {"zh-CN": "zh_CN", "zh-TW": "zh_TW"}  # as gettext has them
_TRANSLATED = ("mkdocs", "readthedocs")  # themes of MkDocs that know a locale


class NotBuiltError(Exception):
    """A program failed to render its pages; the message is what the program said last."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site to be rendered, of texts in one language: what it is set up with, its folder and that of the programs."""

    lang: str
    texts: Sequence[Text]
    theme: str
    settings: Mapping[str, Any]
    options: Mapping[str, Any]
    folder: Path
    programs: Path

    @property
    def locale(self) -> str:
        """The language as gettext names it."""
        return _WITH_COUNTRY.get(self.lang, self.lang)

    def write(self, name: str, content: str) -> None:
        """Write one of the site's sources."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def write_texts(self, pattern: str, render: Callable[[Text], str]) -> None:
        """Write every text as `render` returns it, to the file that `pattern` makes of its name."""
        for text in self.texts:
            self.write(pattern.format(text.slug), render(text))

    def run(self, program: str, *arguments: str | Path) -> None:
        """Run a program in the folder of the site.

        Raises `NotBuiltError` when it fails.
        """
        command = [self.programs / program, *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotBuiltError(f"{program}: {(done.stderr or done.stdout).strip()[-500:]}")


def pages(name: str, site: Site) -> list[tuple[Path, Text]]:
    """Render a site with a program; return where each text's page is.

    Raises `NotBuiltError` where the program fails.
    """
    pattern = _RENDER[name](site)
    return [(site.folder / pattern.format(text.slug), text) for text in site.texts]


def _pelican(site: Site) -> str:
    packages = next(site.programs.parent.glob("lib/python*/site-packages"))
    settings = {**site.settings, **site.options, "AUTHOR": site.texts[0].author, "DEFAULT_LANG": site.lang}
    settings["THEME"] = str(packages / site.options["THEME"])
    site.write("pelicanconf.py", _assigned(settings))
    site.write_texts("content/{}.md", lambda text: f"{_stated(text, '{}: {}')}\n\n{text.body}")
    site.run("pelican", "-q", "-s", "pelicanconf.py")
    return "output/{}.html"


def _nikola(site: Site) -> str:
    site.run("nikola", "init", "-q", ".")
    settings = {**site.settings, "DEFAULT_LANG": site.locale.lower(), "THEME": site.theme}
    # What the given file makes of a setting stands below it, so the setting is changed in its place.
    named = re.compile(rf"^({'|'.join(settings)}) = .*\n", re.MULTILINE)
    given = (site.folder / "conf.py").read_text(encoding="utf-8")
    given = named.sub(lambda match: _assigned({match[1]: settings.pop(match[1])}), given)
    site.write("conf.py", f'{given}\n{_assigned(settings)}POSTS = (("posts/*.md", "posts", "post.tmpl"),)\n')
    site.write_texts("posts/{}.md", lambda text: f"<!--\n{_stated(text, '.. {}: {}')}\n-->\n\n{_cut(text.body)}")
    site.run("nikola", "build", "-q")
    return "output/posts/{}/index.html"


def _sphinx(site: Site) -> str:
    settings = {**site.settings, **site.options, "language": site.locale, "html_theme": site.theme}
    site.write("conf.py", _assigned(settings))
    listed = "\n".join(text.slug for text in site.texts)
    site.write("index.md", f"# Contents\n\n```{{toctree}}\n:caption: Contents\n:maxdepth: 2\n\n{listed}\n```\n")
    site.write_texts("{}.md", _titled)
    site.run("sphinx-build", "-q", "-b", "html", ".", "_build")
    return "_build/{}.html"


def _mkdocs(site: Site) -> str:
    theme = {"name": site.theme, **site.options}
    if site.theme in _TRANSLATED:
        theme["locale"] = site.locale
    elif site.theme == "material":
        theme["language"] = site.lang
    contents = [{"Home": "index.md"}, *(f"{text.slug}.md" for text in site.texts)]
    site.write("mkdocs.yml", json.dumps({**site.settings, "theme": theme, "nav": contents}))
    site.write(
        "docs/index.md", "# Contents\n\n" + "".join(f"- [{text.title}]({text.slug}.md)\n" for text in site.texts)
    )
    site.write_texts("docs/{}.md", _titled)
    site.run("mkdocs", "build", "-q")
    return "site/{}.html"


_RENDER: dict[str, Callable[[Site], str]] = {
    "pelican": _pelican,
    "nikola": _nikola,
    "sphinx": _sphinx,
    "mkdocs": _mkdocs,
}


def _assigned(settings: Mapping[str, object]) -> str:
    return "".join(f"{name} = {value!r}\n" for name, value in settings.items())


def _stated(text: Text, pattern: str) -> str:
    names = ("slug", "title", "date", "author", "tags", "category", "lang")
    return "\n".join(pattern.format(name, getattr(text, name)) for name in names)


def _cut(body: str) -> str:
    return body.replace("<!-- more -->", "<!-- TEASER_END -->")


def _titled(text: Text) -> str:
    return f"# {text.title}\n\n{text.body}"
