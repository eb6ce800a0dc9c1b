import { useEffect, useMemo } from 'react';
import { useAct, type ActProblem } from '../../../shared/graphql/use-act.js';
import { useLoad } from '../../../shared/graphql/use-load.js';
import { useNavigation } from '../../../shared/navigation.js';
import { exceptionsHref, type ExceptionsSearch } from '../../../shared/url.js';
import { useAfterChanges } from '../../../shared/use-burst.js';
import { viewHref, viewToOpen } from './view-address.js';
import { ArrangeViewsDocument, SavedViewsDocument, type SavedView } from './view-documents.js';

// Counting all views is dearer than one list: it follows a burst of changes, not each of them.
const RECOUNT_PAUSE_MS = 5000;

export type SavedViews = {
  views: readonly SavedView[];
  pinned: readonly SavedView[];
  hasFailed: boolean;
  reload: () => void;
  arrange: (pinned: readonly string[], defaultId: string | null) => Promise<void>;
};

/** The views of the inbox with their counts; opens the person's own first one where the navigation asks for it. */
export function useSavedViews(
  search: ExceptionsSearch,
  changes: number,
  onProblem: (problem: ActProblem) => void,
): SavedViews {
  const { go } = useNavigation();
  const { data, error, reload } = useLoad(SavedViewsDocument, {});
  const act = useAct(ArrangeViewsDocument, onProblem);
  useAfterChanges(changes, RECOUNT_PAUSE_MS, reload);

  const views = useMemo(() => data?.exceptionViews ?? [], [data]);
  useEffect(() => {
    if (search.start === undefined || data === undefined) return;
    const first = viewToOpen(data.exceptionViews, search);
    go(first ? viewHref(first) : exceptionsHref({ ...search, start: undefined }), { replace: true });
  }, [data, search, go]);

  const { run } = act;
  return {
    views,
    pinned: useMemo(() => views.filter((view) => view.isPinned), [views]),
    hasFailed: error !== undefined && data === undefined,
    reload,
    arrange: async (pinned, defaultId) => {
      if (await run({ pinned: [...pinned], defaultId })) reload();
    },
  };
}
