package logs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
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
		round := time.Now()
		answers, err := r.ask(ctx, follow)
		if err != nil && ctx.Err() != nil && follow {
			return nil
		}
		if err != nil {
			return err
		}
		var lines []line
		var absent []Group  // not reported yet
		var denied []string // regions
		var reason error
		complete := true
		for i, group := range r.Groups {
			err := answers[i].err
			switch {
			case err == nil || group.Region != "" && connection.HasCode(err, "ResourceNotFoundException"):
			case connection.HasCode(err, "ResourceNotFoundException"):
				if !missing[group.Name] {
					missing[group.Name] = true
					absent = append(absent, group)
				}
			case group.Region != "" && isClosed(err):
				denied, reason = append(denied, group.Region), cmp.Or(reason, err)
			default:
				r.Log.Warnf("read the log of %s: %v; trying again", group, err)
				pause, complete = longPause, false
			}
			lines = append(lines, answers[i].lines...)
		}
		if !follow && len(absent) > 0 && len(absent) == r.own() {
			return absentError(absent)
		}
		for _, group := range absent {
			r.Log.Warnf("%s has no log: there is no log group %s; check that the service is provisioned, "+
				"and the stack's name and the region", group.Function, group.Name)
		}
		if len(denied) > 0 {
			r.Log.Infof("left out %s: %v", strings.Join(denied, ", "), reason)
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
			if complete { // else the next round has to look back as far as this one
				r.advance(newest.Add(-lateness))
			}
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
