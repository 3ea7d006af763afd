#!/usr/bin/env bash
# tld 0.13.2 gives a public suffix as the registered domain of itself: get_fld("http://co.uk") is "co.uk".
#
# Nobody can register `co.uk`, `com` or `kawasaki.jp`: the public suffix list has them, so there is no domain below them in such an
# address, as tldextract says. `get_fld` and `get_tld` promise to raise TldDomainNotFound where they find none, but raise nothing here,
# so an answer does not show that a name is that of a host. `is_tld` tells.
#
# Seen with tld 0.13.2, tldextract 5.4.0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check tld==0.13.2 tldextract==5.4.0
TLDEXTRACT_CACHE="$place/cache" "$place/bin/python" - <<'END'
from tld import get_fld, get_tld, is_tld
from tldextract import TLDExtract

extract = TLDExtract(suffix_list_urls=())  # the list that it brings along
for name in ("paper.co.uk", "co.uk", "com", "kawasaki.jp"):
    own, suffix, other = get_fld(f"http://{name}"), get_tld(f"http://{name}"), extract(name)
    print(f"{name}: tld {own} below {suffix}, tldextract {other.top_domain_under_public_suffix or 'none'} below {other.suffix}")
    assert own == name
    assert is_tld(name) == (name != "paper.co.uk")
assert get_tld("http://co.uk") == "co.uk"
assert extract("co.uk").top_domain_under_public_suffix == ""
assert extract("paper.co.uk").top_domain_under_public_suffix == "paper.co.uk"
END
