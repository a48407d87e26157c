import type { Metadata } from "next";
import { Centred } from "@/components/shell/centred";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Centred
      title="There is nothing at this address"
      description="It may have been removed, or the link is incomplete."
    >
      <ButtonLink href="/" variant="primary">
        Go to the start
      </ButtonLink>
    </Centred>
  );
}
