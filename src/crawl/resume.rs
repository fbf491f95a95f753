//! Begins a run, or takes up one that was interrupted.
//!
//! What the archive holds of a run is replayed through the very code that took
//! it in the first time, so the site is as it was when the last answer was
//! kept.

use crate::archive::{Archive, ArchiveError, Event, Kept, Purpose, RunId};
use crate::crawl::reading;
use crate::crawl::report::News;
use crate::crawl::robots::Policy;
use crate::crawl::run::Run;
use crate::model::ids::PartnershipId;

/// Marks the beginning of a run, or replays one without an end.
pub(super) async fn begin(run: &mut Run<'_>) -> Result<(), ArchiveError> {
    let partnership = run.report.partnership.clone();
    let mut resumed = 0;
    match unfinished(run.archive, &partnership)? {
        Some((id, events)) => {
            run.id = id;
            for event in &events {
                replay(run, event).await?;
                resumed += u32::from(matches!(event, Event::Captured(_)));
            }
        }
        None => run.archive.note(Event::RunStarted(run.mark()), &[], &[])?,
    }
    run.progress.tell(&News::Started {
        partnership: &partnership,
        resumed,
    });
    Ok(())
}

/// The last run of a partnership and what happened in it, if it has no end.
fn unfinished(
    archive: &Archive,
    partnership: &PartnershipId,
) -> Result<Option<(RunId, Vec<Event>)>, ArchiveError> {
    let mut last: Option<(RunId, Vec<Event>)> = None;
    for event in archive.events()? {
        let event = event?;
        if event.partnership() != partnership {
            continue;
        }
        match (&event, &mut last) {
            (Event::RunStarted(mark), _) => last = Some((mark.run, Vec::new())),
            (Event::RunFinished(_), _) => last = None,
            (_, Some((id, events))) if event.run() == Some(*id) => events.push(event),
            _ => {}
        }
    }
    Ok(last)
}

async fn replay(run: &mut Run<'_>, event: &Event) -> Result<(), ArchiveError> {
    let frontier = &mut run.site.frontier;
    match event {
        Event::Captured(kept) if kept.purpose == Purpose::Robots => replay_robots(run, kept).await,
        Event::Captured(kept) => replay_capture(run, kept),
        Event::Aliased(alias) => {
            frontier.take(&alias.candidate.url);
            Ok(())
        }
        Event::Failed(failure) => {
            frontier.take(&failure.candidate.url);
            Ok(())
        }
        Event::RunStarted(_) | Event::RunFinished(_) => Ok(()),
    }
}

async fn replay_robots(run: &mut Run<'_>, kept: &Kept) -> Result<(), ArchiveError> {
    let capture = &kept.capture;
    let body = run.archive.payload(capture)?.bytes;
    let policy = Policy::of_answer(capture.status, &body);
    let robots = &capture.candidate.url;
    if policy != Policy::Unreachable {
        run.site.add_lists(robots, policy.sitemaps());
    }
    run.crawler
        .hosts
        .remember(robots, policy, capture.received_at)
        .await;
    Ok(())
}

fn replay_capture(run: &mut Run<'_>, kept: &Kept) -> Result<(), ArchiveError> {
    let capture = &kept.capture;
    let frontier = &mut run.site.frontier;
    let asked = [&capture.candidate.url, &capture.final_url];
    for url in asked.into_iter().chain(&kept.redirected_by) {
        frontier.take(url);
    }
    let hops = kept.redirected_by.iter();
    for (from, to) in hops.clone().zip(hops.skip(1).chain([&capture.final_url])) {
        run.site.moves.learn(from, to);
    }
    // A seed that led to another host moved the site there.
    for target in kept
        .redirected_by
        .iter()
        .skip(1)
        .chain([&capture.final_url])
    {
        let _ = run.site.admits_redirect(&capture.candidate, target);
    }
    let body = run.archive.payload(capture)?.bytes;
    let reading = reading::read(&body, capture);
    let follows = !kept.is_nofollow && !kept.is_recheck;
    let intake = run.site.take_in(capture, &reading, follows);
    run.count(capture, intake.is_document);
    Ok(())
}
