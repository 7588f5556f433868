export default { value: "无权查看", note: "无权查看：{{groups}}。空白不代表没有。" } as const;
