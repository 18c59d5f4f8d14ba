import type { EngineName } from "../../tunnel/link.ts";
import type { HostRequest, TunnelService } from "../../tunnel/service.ts";

/** A service that connects with the engine of the settings, where a request names none. */
export function withDefaultEngine(service: TunnelService, engine: () => EngineName | undefined): TunnelService {
  function chosen<R extends HostRequest>(request: R): R {
    const wanted = request.engine ?? engine();
    return wanted ? { ...request, engine: wanted } : request;
  }

  return {
    ...service,
    discover: (request, signal) => service.discover(chosen(request), signal),
    audit: (request, signal) => service.audit(chosen(request), signal),
    open: (request, signal) => service.open(chosen(request), signal),
    start: (request, signal) => service.start(chosen(request), signal),
    started: (request, signal) => service.started(chosen(request), signal),
    stopServer: (request, signal) => service.stopServer(chosen(request), signal),
    token: (request, signal) => service.token(chosen(request), signal),
  };
}
