package sample

// s3 returns the source whose sample is an object that was put into a bucket.
func s3() source {
	return source{"s3", func(s service) any {
		permission := s.permission("S3Permission")
		bucket := s.resource(permission["sourceArn"], "uploads")
		return object{"Records": []any{object{
			"eventVersion": "2.1",
			"eventSource":  "aws:s3",
			"awsRegion":    region,
			"eventTime":    "2026-01-01T12:00:00.000Z",
			"eventName":    "ObjectCreated:Put",
			"userIdentity": object{"principalId": "AWS:AIDAINPONIXQXHT3IKHL2"},
			"requestParameters": object{
				"sourceIPAddress": "192.0.2.1",
			},
			"responseElements": object{
				"x-amz-request-id": "D82B88E5F771F645",
				"x-amz-id-2":       "vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQjryTjKlc5aLWGVHPZLj5NeC6qMa0emYBDXOo6QBU0Wo=",
			},
			"s3": object{
				"s3SchemaVersion": "1.0",
				"configurationId": "828aa6fc-f7b5-4305-8584-487c791949c1",
				"bucket": object{
					"name":          bucket,
					"ownerIdentity": object{"principalId": "A3I5XTEXAMAI3E"},
					"arn":           "arn:aws:s3:::" + bucket,
				},
				"object": object{
					"key":       "orders/one+order.json",
					"size":      12,
					"eTag":      "b21b84d653bb07b05b1e6b33684dc11b",
					"sequencer": "0C0F6F405D6ED209E1",
				},
			},
		}}}
	}}
}
