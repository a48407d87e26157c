import type { EntityKey } from "@/lib/core/plan/entity";
import type { ViewId, Views } from "./views";

/** What a view can be asked to do. A view registers its own once it is mounted. */
export interface ViewHandle {
  /** Brings an object into sight; does nothing for one it does not show. */
  readonly reveal: (key: EntityKey) => void;
  /** Puts the keyboard where the cursor is. */
  readonly focus: () => void;
  /** Everything in sight. */
  readonly fit?: () => void;
  /** What is selected in sight, as large as it can be read. */
  readonly fitSelection?: () => void;
  /** Steps in (1) or out (-1), around the middle. */
  readonly zoom?: (direction: 1 | -1) => void;
}

/** All views on the screen as one: an object is brought into sight in each, the rest concerns the one with the keyboard. */
export interface ViewHandles extends Required<ViewHandle> {
  /** Gives back how to leave. */
  readonly register: (id: ViewId, handle: ViewHandle) => () => void;
}

/** `shown` says what is on the screen and where the keyboard is, when asked. */
export function createViewHandles(shown: () => { readonly views: Views; readonly active: ViewId }): ViewHandles {
  const handles = new Map<ViewId, ViewHandle>();
  const active = () => handles.get(shown().active) ?? handles.get(shown().views.main);
  return {
    register(id, handle) {
      handles.set(id, handle);
      return () => {
        if (handles.get(id) === handle) handles.delete(id);
      };
    },
    reveal: (key) => {
      for (const handle of handles.values()) handle.reveal(key);
    },
    focus: () => active()?.focus(),
    fit: () => active()?.fit?.(),
    fitSelection: () => active()?.fitSelection?.(),
    zoom: (direction) => active()?.zoom?.(direction),
  };
}
