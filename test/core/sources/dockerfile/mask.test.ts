import assert from "node:assert/strict";
import { maskDockerfile } from "../../../../src/core/sources/dockerfile/mask.ts";
import { fixture, fixtures } from "./reading.ts";

const cases: { what: string; text: string; mask: string }[] = [
  { what: "leaves a plain instruction alone", text: "RUN a # b\n", mask: "RUN a # b\n" },
  { what: "blanks a comment in a continuation", text: "RUN a \\\n # b\n c\n", mask: "RUN a \\\n      c\n" },
  { what: "blanks blank lines in a continuation", text: "RUN a \\\n\n\t\n c", mask: "RUN a \\\n    c" },
  { what: "does not continue a comment", text: "RUN a \\\n#b\\\n c\nCMD d", mask: "RUN a \\\n     c\nCMD d" },
  { what: "moves the backslash to its newline", text: "RUN a \\  \n b", mask: "RUN a   \\\n b" },
  { what: "turns CR into a space", text: "RUN a \\\r\n b\r\n", mask: "RUN a  \\\n b \n" },
  {
    what: "turns a backtick that joins lines into a backslash",
    text: "#escape=`\nRUN a `\n b`c",
    mask: "#escape=`\nRUN a \\\n b`c",
  },
  {
    what: "keeps a backslash before a newline that joins nothing",
    text: "# escape = `\nRUN c:\\\nCMD b",
    mask: "# escape = `\nRUN c:\\\nCMD b",
  },
  { what: "does not join after an escaped backslash", text: "RUN a \\\\\n# b\nCMD c", mask: "RUN a \\\\\n# b\nCMD c" },
  {
    what: "takes a directive below a comment for a comment",
    text: "# a\n# escape=`\nRUN a `\n",
    mask: "# a\n# escape=`\nRUN a `\n",
  },
  {
    what: "reads directives in any order and case",
    text: "# SYNTAX=x\n#Escape=`\nRUN a`\nb",
    mask: "# SYNTAX=x\n#Escape=`\nRUN a\\\nb",
  },
  { what: "drops a continuation at the end of the file", text: "RUN a \\\n# b\n", mask: `RUN a${" ".repeat(7)}` },
  { what: "keeps a heredoc as it is", text: "RUN <<E\n# a \\\n\n# b\nE\n", mask: "RUN <<E\n# a \\\n\n# b\nE\n" },
  {
    what: "keeps the lines of a heredoc without an end for instructions",
    text: "RUN <<E\na \\\n# b\n c",
    mask: "RUN <<E\na \\\n     c",
  },
];

describe("the mask of a Dockerfile", () => {
  for (const { what, text, mask } of cases) it(what, () => assert.equal(maskDockerfile(text).text, mask));

  for (const { name, text } of fixtures) {
    it(`is as long as ${name} and has newlines only where it has`, () => {
      const mask = maskDockerfile(text).text;
      assert.equal(mask.length, text.length);
      for (let at = mask.indexOf("\n"); at >= 0; at = mask.indexOf("\n", at + 1)) assert.equal(text[at], "\n");
    });
  }

  it("lists comments, those in continuations too, but no directives and nothing of heredocs", () => {
    const comments = (name: string) => {
      const text = fixture(name);
      return maskDockerfile(text).comments.map(({ start, end }) => text.slice(start, end));
    };
    assert.deepEqual(comments("comments-in-continuation.Dockerfile"), [
      `# A comment of the file, with "quotes' that mean nothing.`,
      "# The compiler isn't needed later",
      "# indented comment \\",
      "# which port",
      "# everyone may come in",
    ]);
    assert.deepEqual(comments("heredocs.Dockerfile"), []);
    assert.deepEqual(comments("crlf.Dockerfile"), ["# comment", "# in between"]);
  });
});
