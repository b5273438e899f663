package cloudformation_test

import (
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
)

func Example() {
	template := cloudformation.NewTemplate("A queue")
	template.Resources["Queue"] = &cloudformation.Resource{
		Type:       "AWS::SQS::Queue",
		Properties: map[string]any{"QueueName": cloudformation.Sub("${AWS::StackName}-jobs")},
	}
	template.Outputs["QueueArn"] = cloudformation.Output{Value: cloudformation.GetAtt{"Queue", "Arn"}}
	body, err := template.Marshal()
	fmt.Print(string(body), err)
	// Output:
	// {
	//   "AWSTemplateFormatVersion": "2010-09-09",
	//   "Description": "A queue",
	//   "Resources": {
	//     "Queue": {
	//       "Type": "AWS::SQS::Queue",
	//       "Properties": {
	//         "QueueName": {
	//           "Fn::Sub": "${AWS::StackName}-jobs"
	//         }
	//       }
	//     }
	//   },
	//   "Outputs": {
	//     "QueueArn": {
	//       "Value": {
	//         "Fn::GetAtt": [
	//           "Queue",
	//           "Arn"
	//         ]
	//       }
	//     }
	//   }
	// }
	// <nil>
}
