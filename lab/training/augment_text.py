# ruff: noqa: E501
"""What teaser cards in training copies are made of; written for this purpose, and not used by the stress benchmark."""

from __future__ import annotations

SHELF = (
    "Related", "Related Articles", "More from this section", "You may also like", "Recommended for you", "Latest", "LATEST",
    "Trending now", "Most read", "Up next", "Keep reading", "Read this next", "More stories", "Don't miss", "Popular posts",
    "Lesen Sie auch", "Mehr zum Thema", "À lire aussi", "Te puede interesar", "Leggi anche", "Czytaj także", "Lees ook",
    "Читайте также", "Leia também", "相关阅读",
)  # fmt: skip
LEADS_ON = (
    "Read more", "Keep reading", "read onShow less", "Continue reading", "Read More »", "Read full article", "Learn more",
    "Show more", "Go on reading →", "Read the whole story", "View post", "See more", "More", "Read article", "Full story",
    "Weiterlesen", "mehr lesen", "Lire la suite", "Leer más", "Seguir leyendo", "Leggi tutto", "Czytaj więcej", "Lees meer",
    "Читать далее", "Ler mais", "阅读更多", "Read on", "Find out more", "Open story", "Expand", "View", "Go", "Next", "Details", "Visit page", "Hide",
    "Watch", "See how", "Discover", "To the story", "Full text", "Story continues", "3 comments", "Save for later",
)  # fmt: skip
SECTIONS = (
    "News", "Politics", "World", "Business", "Opinion", "Technology", "Health", "Science", "Culture", "Sports", "Travel",
    "Middle East", "Asia", "Finance", "Lifestyle", "Guides", "Blog", "Reviews", "Analysis", "Features", "Education", "Africa",
    "Climate", "Economy", "Latin America", "Video", "Podcast", "Defense", "Food", "Markets",
)  # fmt: skip
CREDITS = (
    "Picture credit: {0} via a photo library", "Image: {0} / Agency", "Photo by {0}, free to use", "Lead photo: {0}",
    "Credit: {0}", "{0} (AP Photo)", "Photo: {0}/AP", "Drawing by {0}", "{0} logo", "image of {0}",
    "{0} speaks during a visit last week. (Reuters)", "Top picture: {0}, seen here at a press conference (photo by staff)",
    "Foto: {0}", "Crédit photo : {0}", "{0}", "{0}, shown in an undated picture", "Picture: {0} / archive", "{0} (provided)",
)  # fmt: skip
BYLINES = (
    "{0}", "By {0}", "by {0} · {2} min read", "{0} | March {1}, 2024", "{1} May 2023", "{2} minutes ago", "{0}, Nov {1}, 2025",
    "{1}.10.2024", "2025-06-{1:02d}", "{0}, staff writer", "{0} in Geneva", "{2} views", "April {1}", "{0} and guests",
)  # fmt: skip
