"""What the fork server imports first: it only loads what the workers need, none of which is ever garbage."""

from __future__ import annotations

from winnow import garbage

garbage.calm()
