import type { Publish } from "../../invocation.ts";
import { publishes, readAddress, readPorts, readProtocol } from "../../ports.ts";
import { spelled } from "../../word.ts";
import type { Yaml, YamlMap } from "../yaml/node.ts";
import type { Lookup } from "./interpolate.ts";
import { fields, type Project, type Service, wordOf } from "./project.ts";

/** What a service's `ports` pass on, in the short and the long form. `expose` passes nothing on. */
export function publishedPorts(service: Service, { lookup }: Project): Publish[] {
  return fields(service, "ports").flatMap((ports) =>
    ports.kind === "list" ? ports.items().flatMap((item) => fromItem(item, lookup)) : [],
  );
}

function fromItem(item: Yaml, lookup: Lookup): Publish[] {
  if (item.kind === "map") return fromLongForm(item, lookup);
  const word = wordOf(item, lookup);
  return word ? publishes(word) : [];
}

/** `{ target, published, host_ip, protocol }`. */
function fromLongForm(item: YamlMap, lookup: Lookup): Publish[] {
  const target = wordOf(item.get("target"), lookup);
  const published = wordOf(item.get("published"), lookup);
  const address = wordOf(item.get("host_ip"), lookup);
  const protocol = wordOf(item.get("protocol"), lookup);
  const word = published ?? target;
  if (!word) return [];
  const last = item.pairs().findLast(({ key }) => key === "published" || key === "target");
  return [
    {
      word,
      address: address ? readAddress(spelled(address)) : "all",
      host: readPorts(published ? spelled(published) : ""),
      container: readPorts(target ? spelled(target) : ""),
      protocol: readProtocol(protocol && spelled(protocol)),
      loopback: () => (address ? address.edit.replace("127.0.0.1") : last?.add("host_ip", "127.0.0.1")),
    },
  ];
}
