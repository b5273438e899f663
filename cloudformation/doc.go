// Package cloudformation models AWS CloudFormation templates: resources, parameters, outputs and the intrinsic
// functions that connect them. It is plain data, without an AWS SDK. The JSON of the same template is always
// the same.
//
//	template := cloudformation.NewTemplate("A queue")
//	template.Resources["Queue"] = &cloudformation.Resource{
//		Type:       "AWS::SQS::Queue",
//		Properties: map[string]any{"QueueName": cloudformation.Sub("${AWS::StackName}-jobs")},
//	}
//	template.Outputs["QueueArn"] = cloudformation.Output{Value: cloudformation.GetAtt{"Queue", "Arn"}}
//	body, err := template.Marshal()
package cloudformation
