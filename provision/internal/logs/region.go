package logs

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// CloudWatch Logs allows five requests a second for all users of an account in a region. One is left for others.
const requestPause = 250 * time.Millisecond

// region has the groups of a region. Their requests follow one another, because they share the region's quota.
type region struct {
	groups []int                // their places in the reader's list
	seen   map[string]time.Time // by event ID: requests from the same time on return the same events
	asked  time.Time            // when the last request was made
	closed bool                 // the caller may not use the region
}

// answer is what the request for a group has led to.
type answer struct {
	lines []line
	err   error
}

// byRegion sorts the reader's groups by their regions.
func (r Reader) byRegion() []*region {
	var regions []*region
	byName := map[string]*region{}
	for i, group := range r.Groups {
		name := cmp.Or(group.Region, r.Region)
		if byName[name] == nil {
			byName[name] = &region{seen: map[string]time.Time{}}
			regions = append(regions, byName[name])
		}
		byName[name].groups = append(byName[name].groups, i)
	}
	return regions
}

// ask returns the new events of each group, or why there are none. It asks a few regions at a time. It returns
// the first error that another round would meet again.
func (r Reader) ask(ctx context.Context, follow bool) ([]answer, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var first error
	var once sync.Once
	answers := make([]answer, len(r.Groups))
	connection.EachOf(len(r.regions), func(at int) {
		region := r.regions[at]
		for _, i := range region.groups {
			group := r.Groups[i]
			if group.Region != "" && region.closed {
				continue
			}
			lines, err := r.read(ctx, group, region)
			answers[i] = answer{lines, err}
			region.closed = region.closed || group.Region != "" && isClosed(err)
			if err != nil && ctx.Err() != nil || isFinal(group, err, follow) {
				once.Do(func() { first = fmt.Errorf("read the log of %s: %w", group, err) })
				cancel()
				return
			}
		}
	})
	return answers, first
}

// isFinal reports whether an error of a group ends the command.
func isFinal(group Group, err error, follow bool) bool {
	switch {
	case err == nil, connection.HasCode(err, "ResourceNotFoundException"), group.Region != "" && isClosed(err):
		return false
	}
	return !follow || !connection.IsTransient(err)
}

// isClosed reports whether an error means that the caller may not use a region: it is not enabled, or a policy excludes
// it.
func isClosed(err error) bool {
	return connection.HasCode(err, "AccessDeniedException") || connection.HasCode(err, "UnrecognizedClientException") ||
		connection.HasCode(err, "InvalidClientTokenId")
}

// read returns the events of a group that it has not returned before.
func (r Reader) read(ctx context.Context, group Group, region *region) ([]line, error) {
	input := &cloudwatchlogs.FilterLogEventsInput{
		LogGroupName: &group.Name,
		StartTime:    aws.Int64(r.Since.UnixMilli()),
	}
	if r.Filter != "" {
		input.FilterPattern = &r.Filter
	}
	api := r.API
	if group.API != nil {
		api = group.API
	}
	var lines []line
	err := r.Call(ctx, "logs:FilterLogEvents", func(ctx context.Context) error {
		pages := cloudwatchlogs.NewFilterLogEventsPaginator(api, input)
		for pages.HasMorePages() {
			connection.Sleep(ctx, requestPause-time.Since(region.asked))
			region.asked = time.Now()
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, event := range page.Events {
				id := group.Region + group.Name + aws.ToString(event.EventId)
				at := time.UnixMilli(aws.ToInt64(event.Timestamp))
				if _, known := region.seen[id]; known {
					continue
				}
				region.seen[id] = at
				lines = append(lines, line{at, group.Region, group.Function, aws.ToString(event.Message)})
			}
		}
		return nil
	})
	return lines, err
}
