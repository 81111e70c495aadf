/** Formulas come to the same on the server, in the page and, where not argued otherwise, in SurveyJS. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { holds } from "../crates/peil-http/static/logic.js";

const { ConditionRunner } = createRequire(import.meta.url)("survey-core");
const file = new URL("../crates/peil-domain/tests/logic/cases.json", import.meta.url);
const cases = JSON.parse(await readFile(file, "utf8"));

test("the page comes to the same as the server", () => {
  for (const { formula, tree, answers, holds: expected } of cases) {
    const found = holds(tree, (_, name) => answers[name]);
    assert.equal(found, expected, `${formula} with ${JSON.stringify(answers)}`);
  }
});

test("SurveyJS comes to the same, except where the difference is argued", () => {
  let compared = 0;
  for (const { formula, surveyjs, answers, holds: expected, differs } of cases) {
    if (surveyjs === null) continue;
    const found = Boolean(new ConditionRunner(surveyjs).runValues(answers));
    const said = `${surveyjs} (${formula}) with ${JSON.stringify(answers)}`;
    if (differs === null) assert.equal(found, expected, said);
    else assert.notEqual(found, expected, `${said} no longer differs`);
    compared += 1;
  }
  assert.ok(compared >= 300, `${compared} compared`);
});
