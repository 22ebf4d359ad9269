/** Dialogs on Radix: the plain one, and the alert one, whose first focus is always its way out. */
'use client';

import { X } from 'lucide-react';
import { AlertDialog as RadixAlert, Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

const OVERLAY = 'fixed inset-0 z-40 animate-appear bg-bg/75';
const SHEET =
  'fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] animate-appear overflow-y-auto scroll-quiet rounded-t-xl border border-line-strong bg-panel shadow-2xl outline-none sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[min(560px,94vw)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description: ReactNode;
  children: ReactNode;
  className?: string;
}

const TITLE = 'font-semibold text-[15px] text-ink';
const DESCRIPTION = 'mt-1 text-[13px] text-mute';

export function Dialog({ open, onOpenChange, title, description, children, className }: DialogProps) {
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={OVERLAY} />
        <RadixDialog.Content className={cn(SHEET, className)}>
          <div className="border-line border-b px-5 py-4 pr-12">
            <RadixDialog.Title className={TITLE}>{title}</RadixDialog.Title>
            <RadixDialog.Description className={DESCRIPTION}>{description}</RadixDialog.Description>
          </div>
          {children}
          <RadixDialog.Close
            aria-label="Close"
            className="absolute top-3 right-3 rounded-md p-1.5 text-faint hover:bg-raised hover:text-ink"
          >
            <X size={16} />
          </RadixDialog.Close>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** role=alertdialog. Its children must hold a `DialogWayOut`, which takes the focus when it opens. */
export function AlertDialog({ open, onOpenChange, title, description, children, className }: DialogProps) {
  return (
    <RadixAlert.Root open={open} onOpenChange={onOpenChange}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={OVERLAY} />
        <RadixAlert.Content className={cn(SHEET, className)}>
          <div className="border-line border-b px-5 py-4">
            <RadixAlert.Title className={TITLE}>{title}</RadixAlert.Title>
            <RadixAlert.Description className={DESCRIPTION}>{description}</RadixAlert.Description>
          </div>
          {children}
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  );
}

export const DialogWayOut = RadixAlert.Cancel;

export function DialogFoot({ children }: { children: ReactNode }) {
  return (
    <div className="flex items-center justify-end gap-2 border-line border-t bg-raised/40 px-5 py-3.5">
      {children}
    </div>
  );
}
