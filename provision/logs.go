package provision

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

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// LogsOptions say which log events to show.
type LogsOptions struct {
	commandline.Logs
	Session SessionOptions

	Stdout io.Writer
	Logger *logrus.Logger
}

// Logs shows what a service's functions have logged, by time.
func Logs(ctx context.Context, service Service, options LogsOptions) error {
	options.Logger, options.Stdout = orSilent(options.Logger), orDiscard(options.Stdout)
	if options.Since < 0 {
		return fmt.Errorf("to look back %s is negative: use such as 10m", options.Since)
	}
	functions := service.Functions
	if options.Function != "" {
		info, err := choose(functions, options.Function)
		if err != nil {
			return err
		}
		functions = functions[:0:0]
		functions = append(functions, info)
	}
	cfg, err := connection.Open(ctx, connection.Options(options.Session), options.Logger)
	if err != nil {
		return err
	}
	r := logReader{
		Caller: newAccount(cfg, options.Logger).Caller, api: cloudwatchlogs.NewFromConfig(cfg), pause: connection.Sleep,
		filter: options.Filter, stdout: options.Stdout, seen: map[string]time.Time{},
		since: time.Now().Add(-cmp.Or(options.Since, 10*time.Minute)),
	}
	stack := stackName(service, options.Stack)
	for _, info := range functions {
		group := template.LogGroup(stack, info)
		if group == "" {
			options.Logger.Warnf("%s is left out: only CloudFormation knows the name of its log group; "+
				"aws logs tail shows it", info.Name())
			continue
		}
		r.groups = append(r.groups, logGroup{info.Name(), group})
	}
	if len(r.groups) == 0 {
		return errors.New("there are no logs to show: give LoggingConfig.LogGroup a name instead of an intrinsic")
	}
	return r.run(ctx, options.Follow)
}

// logsAPI is the part of CloudWatch Logs that finds events.
type logsAPI interface {
	cloudwatchlogs.FilterLogEventsAPIClient
}

type logGroup struct{ function, name string }

type logReader struct {
	connection.Caller
	api    logsAPI
	pause  func(context.Context, time.Duration)
	groups []logGroup
	filter string
	since  time.Time
	stdout io.Writer
	seen   map[string]time.Time // by event ID: events of one millisecond come in pieces
}

type logLine struct {
	at             time.Time
	function, text string
}

// lateness is how long CloudWatch Logs may take to show an event.
const lateness = 30 * time.Second

func (r logReader) run(ctx context.Context, follow bool) error {
	missing, began := map[string]bool{}, r.since
	for {
		var lines []logLine
		for _, group := range r.groups {
			found, err := r.read(ctx, group)
			switch {
			case connection.HasCode(err, "ResourceNotFoundException"):
				if !missing[group.name] {
					missing[group.name] = true
					r.Log.Warnf("%s has no log: there is no log group %s; is the service provisioned, to this stack and region?", group.function, group.name)
				}
			case err != nil && ctx.Err() != nil && follow:
				return nil
			case err != nil:
				return fmt.Errorf("read the log of %s: %w", group.function, err)
			}
			lines = append(lines, found...)
		}
		slices.SortStableFunc(lines, func(a, b logLine) int { return a.at.Compare(b.at) })
		if err := r.write(lines); err != nil {
			return err
		}
		if !follow {
			if len(lines) == 0 && len(missing) < len(r.groups) {
				r.Log.Infof("no log events since %s: -since=24h looks back a day", began.UTC().Format(time.RFC3339))
			}
			return nil
		}
		if len(lines) > 0 {
			r.advance(lines[len(lines)-1].at.Add(-lateness))
		}
		r.pause(ctx, 2*time.Second)
		if ctx.Err() != nil {
			return nil
		}
	}
}

// advance looks no further back than this from now on, and forgets what is older.
func (r *logReader) advance(since time.Time) {
	if !since.After(r.since) {
		return
	}
	r.since = since
	maps.DeleteFunc(r.seen, func(_ string, at time.Time) bool { return at.Before(since) })
}

// read gives the events of a group that it has not given before.
func (r logReader) read(ctx context.Context, group logGroup) ([]logLine, error) {
	input := &cloudwatchlogs.FilterLogEventsInput{LogGroupName: &group.name, StartTime: aws.Int64(r.since.UnixMilli())}
	if r.filter != "" {
		input.FilterPattern = &r.filter
	}
	var lines []logLine
	err := r.Call(ctx, "logs:FilterLogEvents", func(ctx context.Context) error {
		pages := cloudwatchlogs.NewFilterLogEventsPaginator(r.api, input)
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, event := range page.Events {
				id, at := group.name+aws.ToString(event.EventId), time.UnixMilli(aws.ToInt64(event.Timestamp))
				if _, known := r.seen[id]; known {
					continue
				}
				r.seen[id] = at
				lines = append(lines, logLine{at, group.function, aws.ToString(event.Message)})
			}
		}
		return nil
	})
	return lines, err
}

func (r logReader) write(lines []logLine) error {
	width := 0
	for _, group := range r.groups {
		width = max(width, len(group.function))
	}
	for _, line := range lines {
		prefix := line.at.UTC().Format("2006-01-02T15:04:05.000Z") + " "
		if len(r.groups) > 1 {
			prefix += fmt.Sprintf("%-*s ", width, line.function)
		}
		if _, err := fmt.Fprintf(r.stdout, "%s%s\n", prefix, strings.TrimRight(line.text, "\r\n")); err != nil {
			return fmt.Errorf("write the log: %w", err)
		}
	}
	return nil
}
