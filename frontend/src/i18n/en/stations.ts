export default {
  title: "Shop-floor PDA",
  text: "Scan and enter on PDAs, phones, tablets and station screens; without a network work goes on, and is sent once it is back.",
  open: "Open here",
  picture: "QR code: {{address}}",
  step: {
    scan: "Scan this code with the browser of the phone or PDA.",
    badge: "Sign in with badge and PIN (the badge is set under “People”, the PIN under “My account”), or with login and password.",
    place: "Choose the station once, the device remembers it; then press what you do, and scan.",
    home: "Choose “Add to home screen” in the browser's menu; from then on it opens like an app.",
  },
  address: "Address of the server, as devices on the shop floor reach it",
  local: "This is the address of this computer only; other devices cannot open it. Type its address in the plant's network.",
  insecure: "Without HTTPS, scanners and the offline queue work; camera, voice and reopening the page offline need HTTPS.",
  insecureText: "An administrator gives the server a certificate that the devices trust.",
} as const;
