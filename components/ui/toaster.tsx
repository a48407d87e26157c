"use client";

import dynamic from "next/dynamic";

/** Where short confirmations appear, fetched after the page (toast.ts says them); failures belong next to what failed. */
export const Toaster = dynamic(() => import("./toaster-view").then((module) => module.ToasterView), { ssr: false });
