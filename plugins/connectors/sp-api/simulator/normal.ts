// The life most orders have.
import { acknowledge, close, invoice, match, pay, place, receive, type Scene, ship, soFar } from './build/index.ts';
import { offered } from './state.ts';

/** One order, accepted, shipped, counted, billed and paid; one in twenty-five arrives a little short. */
export function normalLife(scene: Scene): void {
  const { random } = scene;
  const order = place(scene);
  acknowledge(scene, order);
  if (soFar(order).lines.every((line) => offered(line) === 0)) return;
  const shipment = ship(scene, [order]);
  const short = random.chance(4) ? random.int(0, shipment.items.length - 1) : -1;
  receive(scene, shipment, {
    counted: (item, i) =>
      i === short ? Math.max(0, item.eaches - Math.max(1, Math.floor(item.eaches / 12))) : item.eaches,
  });
  close(scene, order);
  const bill = invoice(scene, [shipment]);
  match(scene, bill);
  pay(scene, bill);
}
