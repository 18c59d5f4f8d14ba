import * as z from "zod/mini";
import { type RuleId, ruleIds } from "../rule-ids.ts";
import { type Severity, severities } from "../severity.ts";

export type { RuleId } from "../rule-ids.ts";

/**
 * The shape of a tool's table: everything Launch Guard knows of one server, as data. The same schema reads the tables
 * that users put into `.launch-guard.yaml`.
 */

export const severitySchema = z.enum(severities);

/**
 * A claim about a setting's value.
 * - `set`: it is there, with whatever value, an unknown one too
 * - `empty` / `filled`: known to be the empty string / not known to be empty
 * - `true` / `false`: read the way the tool reads a boolean (`1 true t yes y on`, any case, unless the setting's
 *   `truth` says otherwise); a switch without a value is true
 * - `secret`: a literal that is neither empty nor a placeholder nor a hash
 * - `in`: one of these, any case; `pattern`: a regular expression on the known text, case as written
 */
const match = z.union([
  z.enum(["set", "empty", "filled", "true", "false", "secret"]),
  z.strictObject({ in: z.array(z.string()) }),
  z.strictObject({ pattern: z.string() }),
]);
export type Match = z.infer<typeof match>;

const condition = z.strictObject({ setting: z.string(), when: match });
export type Condition = z.infer<typeof condition>;

/** One thing a user can set, in every way it is spelled. */
const setting = z.strictObject({
  /** The key in `Launch.settings`; kebab-case, unique in the table. */
  name: z.string(),
  /** Options that take a value, as typed: `--ip`, `-h`. For `traitlets` also `--ServerApp.ip`. */
  options: z.optional(z.array(z.string())),
  /** Options that take no value and mean true: `--allow-root`. */
  switches: z.optional(z.array(z.string())),
  /** Options that take no value and mean false: `--no-token`. */
  negations: z.optional(z.array(z.string())),
  /** Environment variables, by falling precedence. Options win over them. */
  variables: z.optional(z.array(z.string())),
  /** Keys in the tool's configuration files, such as `ServerApp.ip`. */
  keys: z.optional(z.array(z.string())),
  /** Arguments that are no options and match this regular expression (any case): `^tcp-listen:` of socat. */
  positional: z.optional(z.string()),
  /** It may be given several times, or takes several values, and each counts. Otherwise the last one wins. */
  many: z.optional(z.boolean()),
  /** Several values may follow one option (argparse `nargs="+"`), up to the next option. */
  several: z.optional(z.boolean()),
  /** The exact texts that mean true, where the tool is particular about them (case as written). */
  truth: z.optional(z.array(z.string())),
  /** Where it is documented, or the tool's own source. */
  reference: z.url(),
});
export type Setting = z.infer<typeof setting>;

/** How the value of a setting is read as an address. */
const bindFormat = z.enum([
  /** `0.0.0.0`, `::`, `*`, empty, `localhost`, a name. */
  "host",
  /** `0.0.0.0:8080`, `:8080`, `[::]:8080`, or just a host. */
  "host:port",
  /** `http://0.0.0.0:8000`; an empty host is every interface. */
  "url",
  /** `0.0.0.0,127.0.0.1`: the widest counts. */
  "list",
  /** ssh's `[bind:]port:host:hostport`; without a bind address loopback, with an empty one or `*` every interface. */
  "forward",
  /** socat's `TCP-LISTEN:8888,fork,bind=127.0.0.1`; without `bind=` every interface. */
  "socat",
  /** A switch that opens it to every interface when true. */
  "switch",
  /** A socket path: nothing listens on the network, whatever the others say. */
  "socket",
  /** gunicorn's `-b ADDRESS:PORT` within a string of options; adds to the others. */
  "options",
]);
export type BindFormat = z.infer<typeof bindFormat>;

/** Something of the tool that listens. */
const endpoint = z.strictObject({
  role: z.enum(["main", "internal"]),
  /** What listens there, for messages: the `dashboard` of `Ray's dashboard`. Not needed for the only one. */
  what: z.optional(z.string()),
  bind: z.strictObject({
    default: z.enum(["loopback", "all", "unknown"]),
    settings: z.array(z.strictObject({ setting: z.string(), format: bindFormat })),
  }),
  port: z.strictObject({
    /** The ports it takes without a setting; empty for one that is always given or random. */
    default: z.array(z.int().check(z.minimum(1), z.maximum(65535))),
    settings: z.array(z.string()),
    /**
     * The port is this tool's own: `alone`, even of a container that nothing else is known of; `beside`, in a container
     * of another tool.
     */
    tells: z.optional(z.enum(["alone", "beside"])),
  }),
  /** One endpoint for each value of this setting (`-L` of ssh); none where it is absent. */
  each: z.optional(z.string()),
  /** Only there when this holds: Ray's dashboard with `--head`. */
  only: z.optional(z.array(condition)),
});
export type EndpointTable = z.infer<typeof endpoint>;

/** Who has to log in. */
const auth = z.strictObject({
  /** `none`: the tool has no login, or none that is on without a setting. */
  default: z.enum(["on", "none"]),
  /** Any of these switches it off, unless `on` holds too. */
  off: z.array(condition),
  /** Any of these switches it on. */
  on: z.array(condition),
  /** Deleting what switches it off protects the server again, although `default` is `none`: newer versions ask. */
  restored: z.optional(z.boolean()),
  /** What keeps others out where that is no login: `request filter`. */
  guard: z.optional(z.string()),
});

/** What a fix does about a setting. */
const remedy = z.union([
  /** Deletes the option or the assignment. */
  z.literal("remove"),
  /** Puts another value in its place. */
  z.strictObject({ replace: z.string() }),
]);
export type Remedy = z.infer<typeof remedy>;

/** A setting's value that is a danger, and which rule reports it. Facts of bind, publish and auth need none. */
const hazard = z.strictObject({
  rule: z.enum(ruleIds),
  /** The setting it is about; without one, the launch itself (`ngrok http 8888`). */
  setting: z.optional(z.string()),
  when: z.optional(match),
  /** All of these hold too. */
  with: z.optional(z.array(condition)),
  /** None of these holds. */
  unless: z.optional(z.array(condition)),
  /** For a launch that the network can reach; `design.md` §3 says how context changes it. */
  severity: severitySchema,
  /** One plain sentence: what happens, and to whom. It names the tool. */
  says: z.string(),
  fix: z.optional(remedy),
  /** The fix keeps the program doing its job for its owner. */
  safe: z.optional(z.boolean()),
  /** What to do instead, as a sentence, for the hover and the rule's page. */
  advice: z.optional(z.string()),
  /** Known weaknesses it opens, by id. */
  cves: z.optional(z.array(z.string())),
});
export type Hazard = z.infer<typeof hazard>;

/** An image that starts this tool without a command, or contains it. */
const image = z.strictObject({
  /** Repository without tag; `*` stands for any run of characters but `/`. `jupyter/*-notebook` matches any registry. */
  name: z.string(),
  /** Only tags like this, with `*` as above: `*-jupyter`. */
  tag: z.optional(z.string()),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  /** The user that its server runs as. */
  user: z.optional(z.enum(["root", "other"])),
  /** It starts its server as another user even when the container is started as root. */
  dropsRoot: z.optional(z.boolean()),
  /** Variables that the image sets. */
  variables: z.optional(z.record(z.string(), z.string())),
  /** Where the image's own configuration changes the tool's default. */
  bind: z.optional(z.enum(["loopback", "all"])),
  auth: z.optional(z.enum(["on", "none", "off"])),
  reference: z.url(),
});
export type ImageTable = z.infer<typeof image>;

/** A vulnerability worth a word in the hover. */
const cve = z.strictObject({ id: z.string(), about: z.string(), url: z.url() });

/** How the tool's parser reads a command line. */
const parser = z.enum([
  /** Jupyter's: `--x=V`, `--x V`, `--Class.trait=V`, flags without values, one layer of quotes stripped. */
  "traitlets",
  /** `--x V`, `--x=V`, `-x V`, `-xV`; no abbreviations; the last one wins. */
  "click",
  /** Like click, and any unambiguous prefix of a long option. */
  "argparse",
  /** argparse with `_` for `-`, and `--a.b V` for fields of a JSON option. */
  "vllm",
  /** Go's: booleans take `=true` only. */
  "pflag",
  /** One-letter options that may stand together: `-NfL 8888:localhost:8888`. */
  "getopt",
]);
export type Parser = z.infer<typeof parser>;

export const toolSchema = z.strictObject({
  /** Also the file's name, and what findings carry. */
  id: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/)),
  /** As its makers write it. */
  name: z.string(),
  /** What someone who reaches it without a login can do, after "can": `run any code as you`. */
  callers: z.string(),
  /** Whether that is to run code. */
  runsCode: z.boolean(),
  /**
   * How it is started: `jupyter lab`, `jupyter-lab`, `python -m jupyterlab`. Each is an executable and the words that
   * must follow it; between them stand `groupOptions` at most. `python` stands for every Python.
   */
  commands: z.array(z.string()),
  /** Options with a value that may stand before the subcommand: `--env-file` of mlflow. */
  groupOptions: z.optional(z.array(z.string())),
  /** First arguments that make it no launch (`list`), and options that do (`--version`). */
  notLaunches: z.array(z.string()),
  /** A launch needs one of these options: `--head` or `--address` of `ray start`. */
  needs: z.optional(z.array(z.string())),
  parser,
  /** Every other option that takes a value, so that its value is not mistaken for something else. */
  valueOptions: z.array(z.string()),
  /** Every other option that takes none; completes prefix matching and clusters. */
  plainOptions: z.array(z.string()),
  /** Variables that hold further arguments, split as a shell does: `NOTEBOOK_ARGS`. */
  argumentVariables: z.optional(z.array(z.string())),
  images: z.array(image),
  settings: z.array(setting),
  endpoints: z.array(endpoint),
  auth,
  hazards: z.array(hazard),
  reference: z.url(),
  /** Command that ends it, with `{port}` where its port belongs: `jupyter server stop {port}`. */
  stop: z.optional(z.string()),
  /** How many times Ctrl-C has to be pressed in its terminal to end it, where once is not enough. */
  interrupts: z.optional(z.int().check(z.minimum(2), z.maximum(3))),
  /** Its command returns at once and leaves a server running, unless one of these switches is given: `--block`. */
  leavesServer: z.optional(z.strictObject({ unless: z.array(z.string()) })),
  cves: z.array(cve),
});
export type Tool = z.infer<typeof toolSchema>;

/** Files that prove a table: each is run by a test. */
export type ToolExamples = { readonly unsafe: readonly ToolExample[]; readonly safe: readonly string[] };

/** An unsafe file, and what must be said of it. */
export type ToolExample = {
  /** The file it is written in; a shell script where none is given. */
  readonly path?: string;
  /** `«…»` marks exactly what is underlined. */
  readonly text: string;
  readonly rule: RuleId;
  readonly severity?: Severity;
  /** The whole text after the finding's first fix. Without it the finding has no fix. */
  readonly fixed?: string;
};
