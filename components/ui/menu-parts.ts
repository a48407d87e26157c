import { type ComponentType, createContext, type ReactNode } from "react";

export interface MenuItemProps {
  readonly children: ReactNode;
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  readonly danger?: boolean;
  /** Why it cannot be used now; shown under the item's text. */
  readonly disabledReason?: string | null | undefined;
}

export interface MenuChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly options: readonly { readonly value: V; readonly label: string }[];
}

/** What an open menu is made of; there is none outside one. */
export interface MenuParts {
  readonly Item: ComponentType<MenuItemProps>;
  readonly Choice: ComponentType<MenuChoiceProps<string>>;
  readonly Separator: ComponentType;
  readonly Label: ComponentType<{ readonly children: ReactNode }>;
}
export const MenuPartsContext = createContext<MenuParts | null>(null);
