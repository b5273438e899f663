package template

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// reading is a function that subscribes to a log group.
func reading(name string, groups ...any) *sparta.LambdaAWSInfo {
	permission := sparta.CloudWatchLogsPermission{Filters: map[string]sparta.CloudWatchLogsSubscriptionFilter{}}
	for i, group := range groups {
		permission.Filters[string(rune('a'+i))] = sparta.CloudWatchLogsSubscriptionFilter{LogGroupName: group}
	}
	return invoked(name, []sparta.LambdaPermissionExporter{permission}, nil, nil)
}

func TestFunctionsThatReadEachOthersLogs(t *testing.T) {
	for name, test := range map[string]struct {
		functions []*sparta.LambdaAWSInfo
		want      string // in the error; empty means none
	}{
		"two functions": {
			[]*sparta.LambdaAWSInfo{
				reading("one", cloudformation.Ref("TwoLogGroup")), reading("two", "/aws/lambda/Hello-one"),
			},
			"functions one, two subscribe to each other's log groups",
		},
		"three functions": {
			[]*sparta.LambdaAWSInfo{
				reading("one", cloudformation.Ref("ThreeLogGroup")), reading("two", cloudformation.Ref("OneLogGroup")),
				reading("three", "/other", cloudformation.Ref("TwoLogGroup")),
			},
			"functions one, two, three subscribe",
		},
		"itself": {
			[]*sparta.LambdaAWSInfo{reading("one", cloudformation.Sub("/aws/lambda/${AWS::StackName}-one"))},
			"LogGroupName /aws/lambda/${AWS::StackName}-one is the function's own log group",
		},
		"a chain": {
			[]*sparta.LambdaAWSInfo{
				reading("one", "/other"), reading("two", cloudformation.Ref("OneLogGroup")),
				reading("three", cloudformation.Ref("TwoLogGroup"), cloudformation.Ref("OneLogGroup")),
			}, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(testService(test.functions...), testPackage, testCode)
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
			} else if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}
