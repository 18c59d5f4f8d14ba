import assert from "node:assert/strict";
import { DockerfileParser } from "dockerfile-ast";
import { readDockerfile } from "../../../../src/core/sources/dockerfile/instructions.ts";
import { positions } from "../../../../src/core/text.ts";
import { fixture, fixtures } from "./reading.ts";

function read(text: string) {
  const file = readDockerfile("Dockerfile", text);
  return file.instructions.map(({ keyword, at, body, flags, heredocs }) => ({
    keyword,
    whole: text.slice(at.start, at.end),
    body: file.text.slice(body.start, body.end),
    flags: flags.map(({ start, end }) => text.slice(start, end)),
    heredocs: heredocs.map((heredoc) => ({
      opener: text.slice(heredoc.start, heredoc.end),
      name: heredoc.name,
      body: text.slice(heredoc.body.start, heredoc.body.end),
    })),
  }));
}

describe("the instructions of a Dockerfile", () => {
  it("have a keyword of any case, flags and the rest", () => {
    const [, run, cmd, entrypoint, strange] = read(fixture("words.Dockerfile"));
    assert.deepEqual(run?.flags, ["--mount=type=cache,target=/root/.cache", "--network=none"]);
    assert.deepEqual([run?.keyword, run?.body], ["RUN", "pip install x"]);
    assert.equal(cmd?.body, `echo a\\\nb "c\\\nd" 'it''s' \\# not a comment`);
    assert.equal(entrypoint?.whole, 'ENTRYPOINT    ["jupyter",\t"lab"]');
    assert.deepEqual([strange?.keyword, strange?.body], ["STRANGE", "thing"]);
  });

  it("reach over continuation lines with comments in them", () => {
    const [, run] = read(fixture("comments-in-continuation.Dockerfile"));
    assert.match(run?.whole ?? "", /^RUN apt-get update[\s\S]*indented comment[\s\S]*lists\/\*$/);
    assert.doesNotMatch(run?.body ?? "", /comment|compiler/);
  });

  it("take a dash as part of the command where an instruction has no flags", () => {
    const [cmd] = read("CMD --ip=0.0.0.0\n");
    assert.deepEqual([cmd?.flags, cmd?.body], [[], "--ip=0.0.0.0"]);
  });

  const heredocs: { text: string; openers: string[]; bodies: string[] }[] = [
    { text: "RUN <<EOF\na\nEOF\n", openers: ["<<EOF"], bodies: ["a\n"] },
    { text: "RUN <<EOT bash\na\nEOT", openers: ["<<EOT"], bodies: ["a\n"] },
    { text: "RUN <<-EOF\n\ta\n\t\tEOF\n", openers: ["<<-EOF"], bodies: ["\ta\n"] },
    { text: "RUN <<EOF\n\tEOF\nEOF\n", openers: ["<<EOF"], bodies: ["\tEOF\n"] },
    { text: "RUN cat << 'EOF' > x\na\nEOF\n", openers: ["<< 'EOF'"], bodies: ["a\n"] },
    { text: 'RUN cat 3<<"E F"\na\nE F\n', openers: ['3<<"E F"'], bodies: ["a\n"] },
    { text: "COPY <<a <<b /x/\n1\na\n2\nb\n", openers: ["<<a", "<<b"], bodies: ["1\n", "2\n"] },
    { text: "COPY --chmod=755 <<EOF /start.sh\nEOF\n", openers: ["<<EOF"], bodies: [""] },
    { text: "ADD <<EOF /x\r\na\r\nEOF\r\n", openers: ["<<EOF"], bodies: ["a\r\n"] },
    { text: "ONBUILD RUN <<EOF\na\nEOF\n", openers: ["<<EOF"], bodies: ["a\n"] },
    { text: "RUN a \\\n # it's\n && cat <<EOF\nb\nEOF\n", openers: ["<<EOF"], bodies: ["b\n"] },
    { text: "RUN echo '<<EOF' \" <<EOF\" \\<<EOF <<<EOF $((1<<2)) a<<EOF\nEOF\n", openers: [], bodies: [] },
    { text: "CMD <<EOF\nEOF\n", openers: [], bodies: [] },
    { text: "RUN <<EOF\nno end\n", openers: [], bodies: [] },
  ];
  for (const { text, openers, bodies } of heredocs) {
    it(`find ${openers.length} heredocs in ${JSON.stringify(text)}`, () => {
      const found = read(text)[0]?.heredocs ?? [];
      assert.deepEqual([found.map(({ opener }) => opener), found.map(({ body }) => body)], [openers, bodies]);
    });
  }

  it("go on behind a heredoc", () => {
    const keywords = read(fixture("heredocs.Dockerfile")).map(({ keyword }) => keyword);
    assert.deepEqual(keywords, ["FROM", "RUN", "RUN", "RUN", "COPY", "RUN", "ENV", "COPY", "CMD"]);
  });
});

describe("dockerfile-ast, read beside ours,", () => {
  for (const { name, text: original } of fixtures) {
    // It takes `<< 'EOF'` with a space for no heredoc, so that the lines of one become instructions.
    const text = original.replace(/<< (?=['"])/g, "<<");
    const at = positions(text);
    const ours = readDockerfile(name, text).instructions;
    const theirs = DockerfileParser.parse(text).getInstructions();

    it(`finds the same keywords at the same places in ${name}`, () => {
      assert.deepEqual(
        ours.map(({ keyword, name: range }) => ({ keyword, at: at(range.start) })),
        theirs.map((instruction) => {
          const { start } = instruction.getInstructionRange();
          return { keyword: instruction.getKeyword(), at: { line: start.line + 1, column: start.character + 1 } };
        }),
      );
    });

    // Where the file ends in a continuation, it counts the line that is missing.
    if (name === "dangling.Dockerfile") continue;
    it(`ends them on the same lines in ${name}`, () => {
      assert.deepEqual(
        ours.map((instruction) => at(instruction.at.end).line),
        theirs.map((instruction) => instruction.getRange().end.line + 1),
      );
    });
  }
});
