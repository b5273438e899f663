package logs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// Group is the log group of a function.
type Group struct {
	Function, Name string
	// Region is where CloudFront may have run the function: in most regions, the group does not exist. Empty means the
	// function's own region.
	Region string
	API    cloudwatchlogs.FilterLogEventsAPIClient // nil means the reader's
}

// Reader reads log groups.
type Reader struct {
	connection.Caller
	API    cloudwatchlogs.FilterLogEventsAPIClient
	Groups []Group
	Filter string // of CloudWatch Logs; empty means all events
	Since  time.Time
	Stdout io.Writer

	seen  map[string]time.Time // by event ID: requests from the same time on return the same events
	asked map[string]time.Time // when the last request was made, by region
}

type line struct {
	at                     time.Time
	region, function, text string
}

// CloudWatch Logs allows five requests a second for all users of an account in a region. One is left for others.
const requestPause = 250 * time.Millisecond

// The pause between two rounds of requests grows while there are no new events.
const (
	shortPause = 2 * time.Second
	longPause  = 15 * time.Second
)

// lateness is the longest that CloudWatch Logs takes to show an event.
const lateness = 30 * time.Second

// Show writes the events by time. To follow is to continue until the context ends, and to wait for log groups that do
// not exist yet. Otherwise it returns an error if no group exists.
func (r Reader) Show(ctx context.Context, follow bool) error {
	missing, began := map[string]bool{}, r.Since
	closed := map[string]bool{} // regions that the caller may not use
	r.seen, r.asked = map[string]time.Time{}, map[string]time.Time{}
	pause := shortPause
	for {
		round := time.Now()
		var lines []line
		var absent []Group // not reported yet
		for _, group := range r.Groups {
			if closed[group.Region] {
				continue
			}
			found, err := r.read(ctx, group)
			switch {
			case group.Region != "" && connection.HasCode(err, "ResourceNotFoundException"):
			case group.Region != "" && isClosed(err):
				closed[group.Region] = true
				r.Log.Debugf("region %s is left out: %v", group.Region, err)
			case connection.HasCode(err, "ResourceNotFoundException"):
				if !missing[group.Name] {
					missing[group.Name] = true
					absent = append(absent, group)
				}
			case err != nil && ctx.Err() != nil && follow:
				return nil
			case follow && connection.IsTransient(err):
				r.Log.Warnf("read the log of %s: %v; trying again", group.Function, err)
				pause = longPause
			case err != nil:
				return fmt.Errorf("read the log of %s: %w", group.Function, err)
			}
			lines = append(lines, found...)
		}
		if !follow && len(absent) > 0 && len(absent) == r.own() {
			return absentError(absent)
		}
		for _, group := range absent {
			r.Log.Warnf("%s has no log: there is no log group %s; check that the service is provisioned, "+
				"and the stack's name and the region", group.Function, group.Name)
		}
		slices.SortStableFunc(lines, func(a, b line) int { return a.at.Compare(b.at) })
		if err := r.write(lines); err != nil {
			return err
		}
		if !follow {
			if len(lines) == 0 {
				r.Log.Infof("no log events since %s: -since=24h looks back a day", began.UTC().Format(time.RFC3339))
			}
			return nil
		}
		if len(lines) > 0 {
			newest := lines[len(lines)-1].at
			if newest.After(round) { // what was late has been passed over while the requests were made
				newest = round
			}
			r.advance(newest.Add(-lateness))
			pause = shortPause
		}
		connection.Sleep(ctx, pause)
		pause = min(pause+pause/2, longPause)
		if ctx.Err() != nil {
			return nil
		}
	}
}

// own is the number of groups in the functions' own region.
func (r Reader) own() int {
	own := 0
	for _, group := range r.Groups {
		if group.Region == "" {
			own++
		}
	}
	return own
}

// isClosed reports whether an error means that a region is not for the caller: it is not enabled, or a policy of the
// organization excludes it.
func isClosed(err error) bool {
	return connection.HasCode(err, "AccessDeniedException") || connection.HasCode(err, "UnrecognizedClientException") ||
		connection.HasCode(err, "InvalidClientTokenId")
}

// absentError is the error about log groups that do not exist.
func absentError(groups []Group) error {
	var errs []error
	for _, group := range groups {
		errs = append(errs, fmt.Errorf("read the log of %s: log group %s does not exist: "+
			"run cgo:provision, or check the stack's name and the region", group.Function, group.Name))
	}
	return errors.Join(errs...)
}

// advance moves the time from which events are read, and forgets older events.
func (r *Reader) advance(since time.Time) {
	if !since.After(r.Since) {
		return
	}
	r.Since = since
	maps.DeleteFunc(r.seen, func(_ string, at time.Time) bool { return at.Before(since) })
}

// read returns the events of a group that it has not returned before.
func (r *Reader) read(ctx context.Context, group Group) ([]line, error) {
	input := &cloudwatchlogs.FilterLogEventsInput{
		LogGroupName: &group.Name,
		StartTime:    aws.Int64(r.Since.UnixMilli()),
	}
	if r.Filter != "" {
		input.FilterPattern = &r.Filter
	}
	var lines []line
	err := r.Call(ctx, "logs:FilterLogEvents", func(ctx context.Context) error {
		api := r.API
		if group.API != nil {
			api = group.API
		}
		pages := cloudwatchlogs.NewFilterLogEventsPaginator(api, input)
		for pages.HasMorePages() {
			connection.Sleep(ctx, requestPause-time.Since(r.asked[group.Region]))
			r.asked[group.Region] = time.Now()
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, event := range page.Events {
				id := group.Region + group.Name + aws.ToString(event.EventId)
				at := time.UnixMilli(aws.ToInt64(event.Timestamp))
				if _, known := r.seen[id]; known {
					continue
				}
				r.seen[id] = at
				lines = append(lines, line{at, group.Region, group.Function, aws.ToString(event.Message)})
			}
		}
		return nil
	})
	return lines, err
}

func (r Reader) write(lines []line) error {
	width, regions, several := 0, 0, false
	for _, group := range r.Groups {
		width, regions = max(width, len(group.Function)), max(regions, len(group.Region))
		several = several || group.Function != r.Groups[0].Function
	}
	for _, line := range lines {
		prefix := line.at.UTC().Format("2006-01-02T15:04:05.000Z") + " "
		if regions > 0 {
			prefix += fmt.Sprintf("%-*s ", regions, line.region)
		}
		if several {
			prefix += fmt.Sprintf("%-*s ", width, line.function)
		}
		if _, err := fmt.Fprintf(r.Stdout, "%s%s\n", prefix, strings.TrimRight(line.text, "\r\n")); err != nil {
			return fmt.Errorf("write the log: %w", err)
		}
	}
	return nil
}
