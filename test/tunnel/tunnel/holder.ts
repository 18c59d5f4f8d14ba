import type { Environment } from "../../../src/tunnel/environment.ts";
import type { OpenRequest } from "../../../src/tunnel/service.ts";
import { startService } from "../../../src/tunnel/worker/client.ts";

// A process that holds a tunnel until it is killed, and prints its port.

type Given = { readonly environment: Environment; readonly request: OpenRequest };

async function main() {
  // What the test has written.
  const { environment, request } = JSON.parse(process.argv[2] ?? "") as Given;
  const nobody = async () => undefined;
  const service = startService(
    environment,
    { hostKey: nobody, secret: nobody, interactive: nobody, notice: nobody },
    () => undefined,
    () => undefined,
  );
  const { localPort } = await service.open(request, new AbortController().signal);
  console.log(localPort);
}

void main();
