import type { Failure } from "@/lib/core/failure";
import type { NodeTask, TaskState, ZoneStatus } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import { mapBounded } from "./bounded";
import type { Http } from "./http";
import { read } from "./read";
import { taskListSchema, taskLogSchema, taskStatusSchema, zoneContentSchema, zoneStatusSchema } from "./wire";

/** Proxmox gives 50 lines by default; a reload of many VNets with warnings has more. */
const LOG_LINES = 5_000;
const TASKS = 100;

/** A task can only be asked about at the node its id names; elsewhere it is "no such task". */
function taskPath(upid: string): string {
  const node = upid.split(":")[1] ?? "";
  return `/nodes/${encodeURIComponent(node)}/tasks/${encodeURIComponent(upid)}`;
}

export async function readTask(http: Http, upid: string): Promise<Result<TaskState, Failure>> {
  const status = await read(http, "read the task's state", `${taskPath(upid)}/status`, taskStatusSchema);
  if (!status.ok) return status;
  const running = status.value.status === "running";
  return ok({ running, exitStatus: running ? null : (status.value.exitstatus ?? null) });
}

export async function readTaskLog(http: Http, upid: string): Promise<Result<readonly string[], Failure>> {
  const log = await read(http, "read the task's log", `${taskPath(upid)}/log`, taskLogSchema, {
    start: 0,
    limit: LOG_LINES,
  });
  if (!log.ok) return log;
  return ok([...log.value].sort((a, b) => a.n - b.n).map((line) => line.t));
}

/** Reloads on a node, running ones included; without Sys.Audit on it other people's are left out, not refused. */
export async function readReloadTasks(
  http: Http,
  node: string,
  sinceSeconds: number,
  type: "srvreload" | "reloadnetworkall" = "srvreload",
): Promise<Result<readonly NodeTask[], Failure>> {
  const path = `/nodes/${encodeURIComponent(node)}/tasks`;
  const params = { typefilter: type, since: sinceSeconds, source: "all", limit: TASKS };
  const tasks = await read(http, `list the tasks of ${node}`, path, taskListSchema, params);
  if (!tasks.ok) return tasks;
  return ok(
    tasks.value
      // Running tasks are listed whatever `since` says.
      .filter((task) => task.starttime >= sinceSeconds && (task.type ?? type) === type)
      .sort((a, b) => b.starttime - a.starttime)
      .map((task) => {
        const running = task.endtime === undefined || task.endtime === null;
        return { upid: task.upid, running, exitStatus: running ? null : (task.status ?? null) };
      }),
  );
}

/** State of the named zones on a node, as far as the node lists them. Their VNets are null where not readable. */
export async function readZoneStatus(
  http: Http,
  node: string,
  zones: readonly string[],
): Promise<Result<readonly ZoneStatus[], Failure>> {
  const base = `/nodes/${encodeURIComponent(node)}/sdn/zones`;
  const list = await read(http, `read the zones on ${node}`, base, zoneStatusSchema);
  if (!list.ok) return list;
  const wanted = list.value.filter(({ zone }) => zones.includes(zone));
  const found = await mapBounded(wanted, async ({ zone, status }): Promise<Result<ZoneStatus, Failure>> => {
    const path = `${base}/${encodeURIComponent(zone)}/content`;
    const content = await read(http, `read zone ${zone} on ${node}`, path, zoneContentSchema);
    if (!content.ok) return content.error.kind === "forbidden" ? ok({ zone, status, vnets: null }) : content;
    const vnets = content.value.map((row) => ({
      vnet: row.vnet,
      status: row.status ?? "unknown",
      message: row.statusmsg ?? null,
    }));
    return ok({ zone, status, vnets });
  });
  const states: ZoneStatus[] = [];
  for (const state of found) {
    if (!state.ok) return err(state.error);
    states.push(state.value);
  }
  return ok(states);
}
