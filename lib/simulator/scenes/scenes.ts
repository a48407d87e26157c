import { conformanceScene } from "@/lib/simulator/scenes/conformance";
import { largeScene } from "@/lib/simulator/scenes/large";
import type { Scene } from "@/lib/simulator/scenes/scene";
import { threeNodeScene } from "@/lib/simulator/scenes/three-node";

/** Every scene by name. */
export const scenes: Readonly<Record<"three-node" | "conformance" | "large", Scene>> = {
  "three-node": threeNodeScene,
  conformance: conformanceScene,
  large: largeScene,
};

export type SceneName = keyof typeof scenes;

/** True for the name of a scene. */
export function isSceneName(name: string): name is SceneName {
  return Object.hasOwn(scenes, name);
}
