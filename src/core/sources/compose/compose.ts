import { once } from "../../once.ts";
import type { Source } from "../source.ts";
import { readYaml } from "../yaml/yaml.ts";
import { dotEnvOf, readProject } from "./project.ts";
import { serviceLinks, startService } from "./service.ts";

/** Compose files: each service starts a container. Profiles are read too, since someone will start them. */
export const compose: Source = {
  id: "compose",

  accepts: (path, text) => isComposeName(path) || (isYaml(path) && saysServices(text)),

  open(file, workspace) {
    const yaml = once(() => readYaml(file));
    const project = once(() => readProject(file.path, yaml().documents, workspace));
    const started = once(() => project().services.map((service) => startService(service, project())));
    return {
      invocations: () => started().map(({ invocation }) => invocation),
      links() {
        const linked = started().flatMap((each) => serviceLinks(each, project()));
        const links = new Set([dotEnvOf(project().folder), ...linked]);
        return [...links].filter((path) => path !== file.path && workspace.read(path) !== undefined);
      },
      comments: () => yaml().comments(),
      blocks: () => yaml().blocks(),
      limits() {
        // What aliases blow up is known once it has been read.
        started();
        return yaml().limits();
      },
    };
  },
};

function isComposeName(path: string): boolean {
  return /(^|\/)(docker-)?compose[^/]*\.ya?ml$/i.test(path);
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** People name compose files as they like; what makes one is `services:` with an image or a build. */
function saysServices(text: string): boolean {
  return /^services:\s*(#.*)?$/m.test(text) && /^[ \t]+(image|build):/m.test(text);
}
