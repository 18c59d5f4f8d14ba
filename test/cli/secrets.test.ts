import assert from "node:assert/strict";
import { hideSecrets } from "../../src/cli/secrets.ts";
import { simpleEngine } from "./playground.ts";

describe("what a report shows of a secret", () => {
  /** `«…»` is what the finding underlines. */
  const rows: [text: string, shown: string][] = [
    ["--token «abc» x", "--token *** x"],
    ["«--token=abc» x", "--token=*** x"],
    ["«--token abc» x", "--token *** x"],
    ["«TOKEN=abc»", "TOKEN=***"],
    ["«TOKEN: abc»", "TOKEN: ***"],
    ["«YWJjZA==»", "********"],
    ["«YWJjZAo=»", "********"],
    ["«'open sesame'»", "'**** ******'"],
    ["«a\nb🚀»", "*\n***"],
  ];
  for (const [text, shown] of rows) {
    it(`is ${JSON.stringify(shown)} of ${JSON.stringify(text)}`, () => {
      const at = { path: "x", start: text.indexOf("«"), end: text.indexOf("»") - 1 };
      const [secret] = simpleEngine.lint("x", { read: () => "sesame", referrers: () => [] });
      assert.ok(secret);
      assert.equal(hideSecrets([{ ...secret, at }], { text: () => text.replace(/[«»]/g, "") })("x"), shown);
    });
  }
});
