package logs

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// round is what the requests for all groups have led to.
type round struct {
	lines  []line   // by time
	absent []Group  // in the functions' own region, and not reported yet
	denied []string // regions
	reason error    // why they are denied
	failed []failure
}

// failure is an error that another round may not meet again.
type failure struct {
	group Group
	err   error
}

// sort sorts answers by what has to be done about them. The map has the names of groups that are known to be missing.
func (r Reader) sort(answers []answer, missing map[string]bool) round {
	var found round
	for i, group := range r.Groups {
		err := answers[i].err
		switch {
		case err == nil || group.Region != "" && connection.HasCode(err, "ResourceNotFoundException"):
		case connection.HasCode(err, "ResourceNotFoundException"):
			if !missing[group.Name] {
				missing[group.Name] = true
				found.absent = append(found.absent, group)
			}
		case group.Region != "" && isClosed(err):
			found.denied, found.reason = append(found.denied, group.Region), cmp.Or(found.reason, err)
		default:
			found.failed = append(found.failed, failure{group, err})
		}
		found.lines = append(found.lines, answers[i].lines...)
	}
	slices.SortStableFunc(found.lines, func(a, b line) int { return a.at.Compare(b.at) })
	return found
}

// newest is the time of the newest line, but not after the round's start: events that were late then were passed over
// while the requests were made.
func (f round) newest(start time.Time) time.Time {
	if newest := f.lines[len(f.lines)-1].at; newest.Before(start) {
		return newest
	}
	return start
}

// explain logs why there are no events of groups.
func (r Reader) explain(found round) {
	for _, failure := range found.failed {
		r.Log.Warnf("read the log of %s: %v; trying again", failure.group, failure.err)
	}
	for _, group := range found.absent {
		r.Log.Warnf("%s has no log: there is no log group %s; check that the service is provisioned, "+
			"and the stack's name and the region", group.Function, group.Name)
	}
	if len(found.denied) > 0 {
		r.Log.Infof("left out %s: %v", strings.Join(found.denied, ", "), found.reason)
	}
}
