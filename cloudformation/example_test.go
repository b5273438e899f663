package cloudformation_test

import (
	"encoding/json"
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

// show prints a value as it is in a template.
func show(value any) {
	text, err := json.Marshal(value)
	fmt.Println(string(text), err)
}

func ExampleSub() {
	show(cloudformation.Sub("arn:${AWS::Partition}:s3:::${Bucket}/*"))
	// Output: {"Fn::Sub":"arn:${AWS::Partition}:s3:::${Bucket}/*"} <nil>
}

func ExampleSubWith() {
	show(cloudformation.SubWith{
		Text:   "https://${Domain}/orders",
		Values: map[string]any{"Domain": cloudformation.ImportValue{Name: "shop-domain"}},
	})
	// Output: {"Fn::Sub":["https://${Domain}/orders",{"Domain":{"Fn::ImportValue":"shop-domain"}}]} <nil>
}

func ExampleJoin() {
	show(cloudformation.Join{
		Separator: ",",
		Values:    []any{cloudformation.Ref("SubnetA"), cloudformation.Ref("SubnetB")},
	})
	// Output: {"Fn::Join":[",",[{"Ref":"SubnetA"},{"Ref":"SubnetB"}]]} <nil>
}

func ExampleSelect() {
	show(cloudformation.Select{Index: 0, From: cloudformation.GetAZs{}})
	// Output: {"Fn::Select":[0,{"Fn::GetAZs":{"Ref":"AWS::Region"}}]} <nil>
}

// With NoValue, all other stages are without this setting.
func ExampleIf() {
	template := cloudformation.NewTemplate("Orders")
	template.Parameters["Stage"] = cloudformation.Parameter{Type: "String"}
	template.Conditions["IsProduction"] = cloudformation.Equals{Left: cloudformation.Ref("Stage"), Right: "production"}
	show(cloudformation.If{Condition: "IsProduction", Then: 30, Else: cloudformation.NoValue})
	// Output: {"Fn::If":["IsProduction",30,{"Ref":"AWS::NoValue"}]} <nil>
}

func ExampleTemplate_Add() {
	template := cloudformation.NewTemplate("Orders")
	fmt.Println(template.Add("Orders", &cloudformation.Resource{Type: "AWS::SQS::Queue"}))
	fmt.Println(template.Add("Orders", &cloudformation.Resource{Type: "AWS::SNS::Topic"}))
	// Output:
	// <nil>
	// add resource Orders of type AWS::SNS::Topic: the template already has this logical ID, of type AWS::SQS::Queue
}

func ExampleTemplate_Validate() {
	template := cloudformation.NewTemplate("Orders")
	template.Resources["Queue"] = &cloudformation.Resource{
		Type:       "AWS::SQS::Queue",
		Properties: map[string]any{"QueueName": cloudformation.Ref("Name")},
	}
	fmt.Println(template.Validate())
	// Output:
	// resource Queue: Properties.QueueName refers to Name, which is neither a resource nor a parameter of the template
}

func ExampleTemplate_RefersTo() {
	template := cloudformation.NewTemplate("Orders")
	template.Outputs["Address"] = cloudformation.Output{Value: cloudformation.Sub("https://${Domain}/orders")}
	fmt.Println(template.RefersTo("Domain"), template.RefersTo("Stage"))
	// Output: true false
}
