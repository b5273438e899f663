package logs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"
	"time"

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

// String names the function, and the region where CloudFront runs it.
func (g Group) String() string {
	if g.Region == "" {
		return g.Function
	}
	return g.Function + " in " + g.Region
}

// Reader reads log groups.
type Reader struct {
	connection.Caller
	API    cloudwatchlogs.FilterLogEventsAPIClient
	Region string // of API
	Groups []Group
	Filter string // of CloudWatch Logs; empty means all events
	Since  time.Time
	Stdout io.Writer

	regions []*region
}

type line struct {
	at                     time.Time
	region, function, text string
}

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
	r.regions = r.byRegion()
	pause := shortPause
	for {
		start := time.Now()
		answers, err := r.ask(ctx, follow)
		if err != nil && ctx.Err() != nil && follow {
			return nil
		}
		if err != nil {
			return err
		}
		found := r.sort(answers, missing)
		if !follow && len(found.absent) > 0 && len(found.absent) == r.own() {
			return absentError(found.absent)
		}
		r.explain(found)
		if err := r.write(found.lines); err != nil {
			return err
		}
		if !follow {
			if len(found.lines) == 0 {
				r.Log.Infof("no log events since %s: -since=24h looks back a day", began.UTC().Format(time.RFC3339))
			}
			return nil
		}
		if len(found.failed) > 0 {
			pause = longPause
		}
		if len(found.lines) > 0 {
			pause = shortPause
			if len(found.failed) == 0 { // else the next round has to look back as far as this one
				r.advance(found.newest(start).Add(-lateness))
			}
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
	for _, region := range r.regions {
		maps.DeleteFunc(region.seen, func(_ string, at time.Time) bool { return at.Before(since) })
	}
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
