import { callerFrom } from "@/lib/simulator/access/accounts";
import { may } from "@/lib/simulator/access/check";
import { permissionMap } from "@/lib/simulator/access/privileges";
import { signIn } from "@/lib/simulator/access/sign-in";
import type { Context, Handlers } from "@/lib/simulator/http/context";
import { forbidden } from "@/lib/simulator/http/refusal";
import { optionalText, text } from "@/lib/simulator/schema/parameters";

function permissions({ cluster, caller, parameters }: Context) {
  const path = optionalText(parameters, "path");
  const asked = optionalText(parameters, "userid");
  if (asked === undefined || asked === caller.id) return permissionMap(caller.grants, path);
  if (!may(caller, "/access", ["Sys.Audit"])) throw forbidden("/access", ["Sys.Audit"]);
  const { tokens, passwords } = cluster.scene.accounts;
  const grants =
    tokens.find((one) => one.id === asked)?.grants ?? passwords.find((one) => one.user === asked)?.grants ?? [];
  return permissionMap(callerFrom(asked, grants).grants, path);
}

/** Signing in with a password, and what one may do. */
export const accessHandlers: Handlers = {
  "POST /access/ticket": ({ cluster, parameters }) =>
    signIn(
      cluster.scene.accounts,
      text(parameters, "username"),
      optionalText(parameters, "realm") ?? "pam",
      text(parameters, "password"),
      cluster.nowSeconds(),
    ),
  "GET /access/permissions": permissions,
};
