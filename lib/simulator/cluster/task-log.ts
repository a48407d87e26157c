/** One task of the cluster. Times are in seconds since 1970. */
export interface Task {
  readonly upid: string;
  readonly node: string;
  readonly pid: number;
  readonly pstart: number;
  readonly starttime: number;
  readonly type: string;
  readonly id: string;
  /** `user@realm`, without the token's name. */
  readonly user: string;
  readonly tokenName?: string | undefined;
  readonly log: string[];
  endtime?: number | undefined;
  /** `OK` or what went wrong; only when the task has ended. */
  exitstatus?: string | undefined;
}

const keptTasks = 1000;

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, "0");
}

/** The tasks of all nodes, oldest first. Old finished ones are forgotten. */
export class TaskLog {
  #tasks: Task[] = [];
  #nextPid = 4000;

  /** Starts a task; `account` is `user@realm` or `user@realm!token`. */
  start(node: string, type: string, id: string, account: string, nowSeconds: number): Task {
    this.#nextPid += 1;
    const pstart = 300_000 + this.#nextPid;
    const [user = "", tokenName] = account.split("!");
    const upid = `UPID:${node}:${hex(this.#nextPid)}:${hex(pstart)}:${hex(nowSeconds)}:${type}:${id}:${account}:`;
    const task: Task = {
      upid,
      node,
      pid: this.#nextPid,
      pstart,
      starttime: nowSeconds,
      type,
      id,
      user,
      tokenName,
      log: [],
    };
    this.#tasks.push(task);
    if (this.#tasks.length > keptTasks) this.#tasks.splice(0, this.#tasks.length - keptTasks);
    return task;
  }

  /** Ends a task; an `exitstatus` other than `OK` is an error and stands in the log as such. */
  finish(task: Task, exitstatus: string, nowSeconds: number): void {
    task.log.push(exitstatus === "OK" ? "TASK OK" : `TASK ERROR: ${exitstatus}`);
    task.exitstatus = exitstatus;
    task.endtime = nowSeconds;
  }

  find(upid: string): Task | undefined {
    return this.#tasks.find((task) => task.upid === upid);
  }

  /** All tasks, newest first. */
  newestFirst(): readonly Task[] {
    return [...this.#tasks].reverse();
  }

  toRecord(): readonly Task[] {
    return this.#tasks;
  }

  /** Takes over saved tasks. One that was still running when they were saved has lost its worker. */
  restore(tasks: readonly Task[], nowSeconds: number): void {
    this.#tasks = tasks.map((task) => ({ ...task, log: [...task.log] }));
    this.#nextPid = Math.max(this.#nextPid, ...tasks.map((task) => task.pid));
    for (const task of this.#tasks)
      if (task.exitstatus === undefined) {
        task.exitstatus = "unexpected status";
        task.endtime = nowSeconds;
      }
  }
}
