"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { parseCidr } from "@/lib/core/net/cidr";

/** Asks for a block to look at, whether or not anything is in it. */
export function AddBlock({ onAdd }: { readonly onAdd: (cidr: string) => void }) {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState(false);
  const id = useId();
  const cidr = parseCidr(text.trim());
  const problem = asked && !cidr.ok ? cidr.error : null;

  function add(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (!cidr.ok) return;
    onAdd(cidr.value);
    setText("");
    setAsked(false);
  }

  return (
    <form onSubmit={add} className="flex flex-wrap items-center gap-1.5">
      <Input
        mono
        aria-label="Block to look at"
        aria-invalid={problem !== null || undefined}
        aria-describedby={`${id}-problem`}
        placeholder="10.20.0.0/16"
        value={text}
        spellCheck={false}
        autoComplete="off"
        className="w-44!"
        onChange={(event) => {
          setText(event.target.value);
          setAsked(false);
        }}
      />
      <Button type="submit">Show block</Button>
      <p id={`${id}-problem`} role="status" className="text-destroy text-xs">
        {problem}
      </p>
    </form>
  );
}
