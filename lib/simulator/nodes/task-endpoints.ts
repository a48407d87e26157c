import type { Caller } from "@/lib/simulator/access/accounts";
import { may } from "@/lib/simulator/access/check";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import type { Task } from "@/lib/simulator/cluster/task-log";
import { type Context, Counted, type Handlers } from "@/lib/simulator/http/context";
import { badParameters, forbidden } from "@/lib/simulator/http/refusal";
import { splitList } from "@/lib/simulator/schema/formats";
import { flag, optionalNumber, optionalText, text } from "@/lib/simulator/schema/parameters";

function brief(task: Task) {
  const { upid, node, type, id, user, starttime, tokenName } = task;
  return { upid, node, type, id, user, starttime, ...(tokenName === undefined ? {} : { tokenid: tokenName }) };
}

function identity(task: Task) {
  return { ...brief(task), pid: task.pid, pstart: task.pstart };
}

function ending(task: Task) {
  return task.exitstatus === undefined ? {} : { endtime: task.endtime, status: task.exitstatus };
}

function mayAudit(caller: Caller, node: string): boolean {
  return may(caller, `/nodes/${node}`, ["Sys.Audit"]);
}

/** A task started with a token belongs to the token's user in the node's list, but the cluster's list compares whole names. */
function clusterTasks({ cluster, caller }: Context) {
  return cluster.tasks
    .newestFirst()
    .filter((task) => task.user === caller.id || mayAudit(caller, task.node))
    .map((task) => ({
      ...brief(task),
      ...ending(task),
      ...(task.exitstatus === undefined ? {} : { saved: "1" }),
    }));
}

function wantedByState(task: Task, source: string): boolean {
  const active = task.exitstatus === undefined;
  return source === "all" || (source === "active") === active;
}

function statusKind(task: Task): string {
  if (task.exitstatus === undefined) return "unknown";
  if (task.exitstatus === "OK") return "ok";
  return task.exitstatus.startsWith("WARNINGS") ? "warning" : "error";
}

function nodeTasks({ cluster, caller, parameters }: Context): Counted {
  const node = text(parameters, "node");
  const since = optionalNumber(parameters, "since") ?? 0;
  const until = optionalNumber(parameters, "until") ?? Number.POSITIVE_INFINITY;
  const type = optionalText(parameters, "typefilter");
  const user = (optionalText(parameters, "userfilter") ?? "").toLowerCase();
  const kinds = splitList(optionalText(parameters, "statusfilter") ?? "");
  const found = cluster.tasks
    .newestFirst()
    .filter((task) => task.node === node && wantedByState(task, optionalText(parameters, "source") ?? "archive"))
    .filter((task) => task.user === caller.user || mayAudit(caller, node))
    .filter((task) => task.starttime >= since && task.starttime <= until)
    .filter((task) => type === undefined || task.type === type)
    .filter((task) => task.user.toLowerCase().includes(user))
    .filter((task) => kinds.length === 0 || kinds.includes(statusKind(task)))
    .filter((task) => !flag(parameters, "errors") || (task.exitstatus !== undefined && task.exitstatus !== "OK"));
  const start = optionalNumber(parameters, "start") ?? 0;
  const page = found.slice(start, start + (optionalNumber(parameters, "limit") ?? 50));
  return new Counted(
    page.map((task) => ({
      ...identity(task),
      ...(task.exitstatus === undefined ? { status: "RUNNING" } : ending(task)),
    })),
    found.length,
  );
}

/** A task must be asked for at the node that runs it, by its owner or with Sys.Audit there. */
function demandTask(cluster: Cluster, caller: Caller, node: string, upid: string): Task {
  const task = cluster.tasks.find(upid);
  if (task === undefined || task.node !== node) throw badParameters({ upid: "no such task" });
  if (task.user !== caller.user && !mayAudit(caller, node)) throw forbidden(`/nodes/${node}`, ["Sys.Audit"]);
  return task;
}

function taskStatus({ cluster, caller, parameters }: Context) {
  const task = demandTask(cluster, caller, text(parameters, "node"), text(parameters, "upid"));
  return {
    ...identity(task),
    ...(task.exitstatus === undefined ? { status: "running" } : { status: "stopped", exitstatus: task.exitstatus }),
  };
}

function taskLog({ cluster, caller, parameters }: Context): Counted {
  const task = demandTask(cluster, caller, text(parameters, "node"), text(parameters, "upid"));
  const start = optionalNumber(parameters, "start") ?? 0;
  const limit = optionalNumber(parameters, "limit") ?? 50;
  const lines = task.log.map((t, index) => ({ n: index + 1, t }));
  return new Counted(limit === 0 ? lines.slice(start) : lines.slice(start, start + limit), lines.length);
}

/** Tasks: lists, status, log. */
export const taskHandlers: Handlers = {
  "GET /cluster/tasks": clusterTasks,
  "GET /nodes/{node}/tasks": nodeTasks,
  "GET /nodes/{node}/tasks/{upid}": () => [{ name: "log" }, { name: "status" }],
  "GET /nodes/{node}/tasks/{upid}/status": taskStatus,
  "GET /nodes/{node}/tasks/{upid}/log": taskLog,
};
