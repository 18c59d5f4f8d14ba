import * as z from "zod/mini";

/**
 * What a Jupyter server writes about itself, without its token: `server_info` of jupyter_server/serverapp.py, and of
 * notebook/notebookapp.py before it (`notebook_dir`, no `sock` and no `version`). `port` is 0 where it listens on `sock`.
 */
const jupyterFile = z.object({
  base_url: z.string(),
  /** The address it is told to listen on, rather than a name of the machine. */
  hostname: z.string().check(z.regex(/^[\w.:%*-]*$/)),
  /** Holds the machine's name where it listens on every interface. */
  url: z.optional(z.string()),
  port: z.int().check(z.minimum(0), z.maximum(65535)),
  sock: z.optional(z.string()),
  root_dir: z.optional(z.string()),
  notebook_dir: z.optional(z.string()),
  secure: z.optional(z.boolean()),
  password: z.optional(z.boolean()),
  version: z.optional(z.string()),
  has_token: z.boolean(),
});
export type JupyterFile = z.infer<typeof jupyterFile>;

/** TensorBoardInfo of tensorboard/manager.py; the log folder stands in for the working folder. */
const tensorboardFile = z.object({
  port: z.int().check(z.minimum(1), z.maximum(65535)),
  path_prefix: z.string(),
  logdir: z.string(),
});
export type TensorboardFile = z.infer<typeof tensorboardFile>;

/** The runtime file as itself, which only the token is read from. */
const jupyterLogin = z.object({ port: z.number(), sock: z.optional(z.string()), token: z.string() });
export type JupyterLogin = z.infer<typeof jupyterLogin>;

export const readJupyterFile = (text: string) => read(jupyterFile, text);
export const readTensorboardFile = (text: string) => read(tensorboardFile, text);
export const readJupyterLogin = (text: string) => read(jupyterLogin, text);

/** `undefined` for a file that is half written or of another kind. */
function read<T>(shape: z.ZodMiniType<T>, text: string): T | undefined {
  try {
    return z.safeParse(shape, JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
