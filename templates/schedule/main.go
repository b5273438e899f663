// A function that runs on a schedule.
package main

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

// input is what each schedule passes to the function.
type input struct {
	Period string `json:"period"`
}

type report struct {
	Title string `json:"title"`
}

// reporter makes reports. Its clock is a parameter, so that tests can set it.
type reporter struct {
	now func() time.Time
}

// run may be invoked more than once for the same time: make sure that this does no harm.
func (r reporter) run(_ context.Context, in input) (report, error) {
	switch in.Period {
	case "day":
		yesterday := r.now().AddDate(0, 0, -1)
		return report{Title: "Report of " + yesterday.Format(time.DateOnly)}, nil
	default:
		return report{}, fmt.Errorf("unknown period %q: use day", in.Period)
	}
}

func main() {
	function := sparta.HandleAWSLambda("report", reporter{time.Now}.run, sparta.IAMRoleDefinition{})
	function.Options.Timeout = 60
	function.Permissions = []sparta.LambdaPermissionExporter{sparta.SchedulerPermission{
		Schedules: map[string]sparta.SchedulerSchedule{
			"daily": {
				ScheduleExpression:         "cron(0 6 * * ? *)",
				ScheduleExpressionTimezone: "Europe/Berlin",
				Input:                      `{"period": "day"}`,
			},
		},
	}}
	err := cgo.Main("my-service", "Runs on a schedule", []*sparta.LambdaAWSInfo{function}, nil, nil)
	if err != nil {
		log.Fatal(err)
	}
}
