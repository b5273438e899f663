package cloudfront_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/cloudfront"
)

const viewerRequest = `{"Records": [{"cf": {
	"config": {"distributionId": "EDFDVBD6EXAMPLE", "eventType": "viewer-request"},
	"request": {
		"clientIp": "203.0.113.178", "method": "GET", "uri": "/old/page", "querystring": "a=1",
		"headers": {"cookie": [{"key": "Cookie", "value": "group=b"}]}
	}
}}]}`

// A function for viewer requests either lets CloudFront continue with the request, or answers it.
func Example() {
	handle := func(_ context.Context, event cloudfront.ViewerRequestEvent) (cloudfront.RequestResult, error) {
		request := event.Request
		if request.URI != "/old/page" {
			return request, nil
		}
		response := event.NewResponse(301)
		err := response.Headers.Set("Location", "/new/page?"+request.QueryString)
		return response, err
	}
	result, err := lambda.NewHandler(handle).Invoke(context.Background(), []byte(viewerRequest))
	fmt.Println(string(result), err)
	// Output:
	// {"status":"301","headers":{"location":[{"key":"Location","value":"/new/page?a=1"}]}} <nil>
}

func ExampleHeaders_Set() {
	var event cloudfront.ViewerRequestEvent
	if err := json.Unmarshal([]byte(viewerRequest), &event); err != nil {
		fmt.Println(err)
	}
	fmt.Println(event.Request.Headers.Set("X-Forwarded-Proto", "https"))
	fmt.Println(event.Request.Headers.Set("Host", "example.com"))
	// Output:
	// header X-Forwarded-Proto: CloudFront does not allow functions to add it
	// header Host in viewer-request events: it is read-only
}

func ExampleHeaders_Cookie() {
	var event cloudfront.ViewerRequestEvent
	if err := json.Unmarshal([]byte(viewerRequest), &event); err != nil {
		fmt.Println(err)
	}
	fmt.Println(event.Request.Headers.Cookie("group"))
	// Output: b true
}

// A response that CloudFront would refuse is an error of the function, with the reason.
func ExampleResponse_Validate() {
	var event cloudfront.ViewerRequestEvent
	if err := json.Unmarshal([]byte(viewerRequest), &event); err != nil {
		fmt.Println(err)
	}
	response := event.NewResponse(200)
	response.SetBody(make([]byte, 50_000))
	fmt.Println(response.Validate())
	// Output:
	// response of 50000 bytes, with its headers, is too large: CloudFront allows 40960 in viewer-request events
}
